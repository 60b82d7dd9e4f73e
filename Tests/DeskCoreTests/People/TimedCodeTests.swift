import DeskCore
import Testing

/// Codes of an authenticator app.
struct TimedCodeTests {
    /// RFC 6238, appendix B: the secret of its SHA-1 rows.
    private let code = TimedCode(secret: Array("12345678901234567890".utf8))

    /// The last six digits of appendix B's eight.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func areThoseOfTheStandard(seconds: Int64, digits: String) {
        #expect(code.code(at: seconds / TimedCode.step) == digits)
        #expect(code.step(of: digits, at: Instant(unixSeconds: seconds)) == seconds / TimedCode.step)
    }

    @Test(arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)])
    func holdOneStepBeforeAndAfterTheirs(distance: Int64, holds: Bool) {
        let step: Int64 = 60_000_000
        let typed = code.code(at: step + distance)
        let now = Instant(unixSeconds: step * TimedCode.step)
        #expect(code.step(of: typed, at: now) == (holds ? step + distance : nil))
        #expect(code.step(of: typed, at: now + .seconds(29)) == (holds ? step + distance : nil))
    }

    @Test(arguments: ["287 082", " 287082 ", "28 70 82", "287\u{A0}082"])
    func areReadAsPeopleTypeThem(typed: String) {
        #expect(code.step(of: typed, at: Instant(unixSeconds: 59)) == 1)
    }

    @Test(arguments: ["", "28708", "2870820", "287083", "28708a", "287-082", "٢٨٧٠٨٢", "２８７０８２", "+87082", "287082\u{0}"])
    func areNotReadFromAnythingElse(typed: String) {
        #expect(code.step(of: typed, at: Instant(unixSeconds: 59)) == nil)
    }

    @Test func aTimeBeforeAllTimeStopsNothing() {
        #expect(code.step(of: "000000", at: Instant(unixSeconds: 0)) == nil)
        #expect(code.code(at: -1).utf8.count == 6)
    }

    /// RFC 4648, section 10, without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func secretsAreSpelledInBase32(text: String, spelled: String) {
        #expect(Base32.text(Array(text.utf8)) == spelled)
    }

    @Test func theLinkOpensAnApp() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        #expect(code.words == secret)
        #expect(
            code.link(account: "ana+1@example.org", issuer: "Ferretería & Cía")
                == "otpauth://totp/Ferreter%C3%ADa%20%26%20C%C3%ADa:ana%2B1%40example.org?secret=\(secret)&issuer=Ferreter%C3%ADa%20%26%20C%C3%ADa"
        )
    }

    @Test func anEvenByteBelowSixteenIsEscapedWithTwoDigits() {
        #expect(code.link(account: "\n", issuer: "a").hasPrefix("otpauth://totp/a:%0A?"))
    }
}
