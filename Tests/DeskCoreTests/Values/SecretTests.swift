import DeskCore
import Testing

/// A secret shows itself to nobody who prints it.
struct SecretTests {
    private struct Holder {
        let name = "holder"
        let secret = Secret("hunter2")
        let more: [String: Secret] = ["token": Secret("hunter2")]
        let perhaps: Secret? = Secret("hunter2")
    }

    @Test func printsAsASecret() {
        let secret = Secret("hunter2")
        #expect("\(secret)" == "‹secret›")
        #expect(String(describing: secret) == "‹secret›")
        #expect(String(reflecting: secret) == "‹secret›")
        #expect(secret.debugDescription == "‹secret›")
    }

    @Test func showsNothingWhereverItIsHeld() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        dump(holder.secret, to: &dumped)
        let printed = ["\(holder)", String(describing: holder), String(reflecting: holder), dumped, "\([holder.secret])", "\(holder.more)"]
        for text in printed {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("‹secret›"))
        }
    }

    @Test func hasNoPartsToLookAt() {
        #expect(Mirror(reflecting: Secret("hunter2")).children.isEmpty)
    }

    @Test func isToldOnlyToWhoAsksForIt() {
        #expect(Secret("hunter2").exposed() == "hunter2")
        #expect(Secret("").isEmpty)
        #expect(!Secret(" ").isEmpty)
        #expect(Secret("a") == Secret("a") && Secret("a") != Secret("b"))
    }
}
