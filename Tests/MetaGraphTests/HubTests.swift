import DeskCore
import MetaGraph
import Testing

@Suite struct HubSignatureTests {
    private static let secret = Secret("c0ntesta-app-secret")
    private static let escaped = Array(
        #"{"object":"whatsapp_business_account","entry":[{"id":"7","note":"ma\u00f1ana \ud83d\ude42 a\/b"}]}"#.utf8)
    private static let reserialised = Array(
        #"{"object":"whatsapp_business_account","entry":[{"id":"7","note":"mañana 🙂 a/b"}]}"#.utf8)
    private static let signature = "sha256=488eac2b492f15a169c716590389ad01670758e1b7364020c1e9c579e28fee78"

    /// Computed apart from this code, with Python's `hmac`.
    @Test(
        arguments: [
            (escaped, "c0ntesta-app-secret", "488eac2b492f15a169c716590389ad01670758e1b7364020c1e9c579e28fee78"),
            (reserialised, "c0ntesta-app-secret", "a4ebc075772a367a4bbfb87e5f25f9ec4c4b74baacf372735cbf95dcb2bd93c8"),
            ([], "c0ntesta-app-secret", "a5391b3eb4051052034812c85488020100469fb3a490a5f6267ada8d239de6d4"),
            (Array(0...255), "geheim-ß", "51b0c7260c00b7715304ee149c2bd5cbb19c606d8c65239177b0a54cebd3e9d2"),
        ] as [([UInt8], String, String)])
    func acceptsTheSignatureOfTheRawBytes(body: [UInt8], secret: String, hexadecimal: String) {
        #expect(HubSignature.isValid("sha256=\(hexadecimal)", body: body, appSecret: Secret(secret)))
        #expect(HubSignature.value(for: body, appSecret: Secret(secret)) == "sha256=\(hexadecimal)")
    }

    @Test(
        arguments: [
            nil, "", "sha256=", String(signature.dropFirst(7)), "sha1=" + signature.dropFirst(7), String(signature.dropLast()),
            signature + "0",
            signature.uppercased(), "sha256=" + signature.dropFirst(7).uppercased(), signature.dropLast() + "9", " " + signature,
            signature + "\n",
            "sha256=ｄｅａｄ", "sha256=" + String(repeating: "g", count: 64), "sha256=" + String(repeating: "0", count: 64),
        ] as [String?])
    func refusesEverythingElse(header: String?) {
        #expect(!HubSignature.isValid(header, body: Self.escaped, appSecret: Self.secret))
    }

    @Test func refusesTheSignatureOfTheReserialisedBody() {
        #expect(!HubSignature.isValid(Self.signature, body: Self.reserialised, appSecret: Self.secret))
    }

    @Test func refusesAnotherSecretAndNoSecret() {
        #expect(!HubSignature.isValid(Self.signature, body: Self.escaped, appSecret: Secret("another")))
        let signedWithNothing = HubSignature.value(for: Self.escaped, appSecret: Secret(""))
        #expect(!HubSignature.isValid(signedWithNothing, body: Self.escaped, appSecret: Secret("")))
    }
}

@Suite struct HubHandshakeTests {
    private func answer(_ query: KeyValuePairs<String, String>, token: String = "open sesame") -> String? {
        HubHandshake.answer(query: query.map { (name: $0.key, value: $0.value) }, verifyToken: Secret(token))
    }

    @Test func answersWithTheChallengeAsItCame() {
        #expect(answer(["hub.mode": "subscribe", "hub.challenge": "11589 <b>", "hub.verify_token": "open sesame"]) == "11589 <b>")
    }

    @Test func refusesAnythingElse() {
        #expect(answer([:]) == nil)
        #expect(answer(["hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": "open"]) == nil)
        #expect(answer(["hub.mode": "unsubscribe", "hub.challenge": "1", "hub.verify_token": "open sesame"]) == nil)
        #expect(answer(["hub.mode": "subscribe", "hub.verify_token": "open sesame"]) == nil)
        #expect(answer(["hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": ""], token: "") == nil)
        #expect(
            answer(["hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": "x", "hub.verify_token": "open sesame"]) == nil)
    }
}
