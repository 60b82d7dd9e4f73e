import DeskCore
import ProviderSimulators
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("café", #""caf\u00e9""#), ("😀", #""\ud83d\ude00""#), ("a/b", #""a\/b""#),
        ("say \"x\"\n", #""say \"x\"\n""#), ("\u{1}", #""\u0001""#),
    ])
    func escapesAsMetaDoes(text: String, expected: String) {
        #expect(JSONValue.string(text).text(.escaped) == expected)
    }

    @Test func writesPlainTextPlainly() {
        let value: JSONValue = ["b": "ñ/", "a": [1, 2.5, true, .null]]
        #expect(value.text() == #"{"a":[1,2.5,true,null],"b":"ñ/"}"#)
    }

    @Test func readsWhatItWrote() throws {
        let value: JSONValue = ["text": "línea\n\u{7F}😀", "numbers": [0, -3, 1.25], "nested": ["empty": [:]]]
        #expect(try JSONValue(parsing: value.bytes(.escaped)) == value)
        #expect(try JSONValue(parsing: value.bytes()) == value)
    }

    @Test func signsTheBytesAsTheyAre() {
        // Computed with Python: hmac.new(b"app secret", b'{"t":"caf\\u00e9 a\\/b"}', "sha256").hexdigest()
        let body = JSONValue.object(["t": "café a/b"]).bytes(.escaped)
        #expect(
            WebhookSignature.header(for: body, secret: Secret("app secret"))
                == "sha256=39ae025bf2a1e4046f7eabf8727fe52f29242cfeb26f23315d4929eeee275020")
    }
}
