import MetaGraph
import Testing

@Suite struct JSONParserTests {
    private func parse(_ text: String) throws(JSONFault) -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test(
        arguments: [
            ("null", .null), (" true ", true), ("false", false), ("\"\"", ""), ("[]", []), ("{}", [:]),
            ("-0.5e+3", .number(literal: "-0.5e+3")),
            ("[1,[2],{\"a\":3}]", [1, [2], ["a": 3]]), ("{\"a\" : {\"b\":null}}", ["a": ["b": .null]]), ("\u{FEFF}1", 1),
        ] as [(String, JSONValue)])
    func readsValues(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: [
        (#""a\u00e9\/\n\"""#, "aé/\n\""), (#""\ud83d\ude42!""#, "🙂!"), (#""\ud83d""#, "\u{FFFD}"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""\udc00""#, "\u{FFFD}"), (#""\u0000""#, "\u{FFFD}"), ("\"mañana 🙂\"", "mañana 🙂"), (#""\b\f\r\t\\""#, "\u{8}\u{C}\r\t\\"),
    ])
    func readsStringsWithEscapes(text: String, expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test func keepsEveryDigitOfALongNumber() throws {
        let value = try parse(#"{"id":98765432109876543210,"at":1789000001,"as_text":"17","half":0.5,"huge":1e400}"#)
        #expect(value["id"]?.identifier == "98765432109876543210")
        #expect(value["id"]?.integer == nil)
        #expect(value["at"]?.integer == 1_789_000_001)
        #expect(value["as_text"]?.integer == 17)
        #expect(value["half"]?.integer == nil)
        #expect(value["half"]?.double == 0.5)
        #expect(value["huge"]?.double == nil)
    }

    @Test func accessorsAnswerNilForAnotherKind() throws {
        let value = try parse(#"{"list":[1],"text":"","name":"a","name":"b"}"#)
        #expect(value["list"]?.text == nil)
        #expect(value["list", "deeper", "still"] == nil)
        #expect(value["text"]?.nonEmptyText == nil)
        #expect(value["text"]?.identifier == nil)
        #expect(value["name"]?.text == "b")
        #expect(value.elements == nil)
    }

    @Test(
        arguments: [
            ("", .truncated, 0), ("{\"a\":", .truncated, 5), ("[1,", .truncated, 3), ("\"abc", .truncated, 4), ("tru", .truncated, 3),
            ("[1 2]", .unexpectedByte, 3), ("{a:1}", .unexpectedByte, 1), ("[1,]", .unexpectedByte, 3), ("\"\n\"", .unexpectedByte, 1),
            ("\"\\x\"", .unexpectedByte, 2), ("\"\\u12g4\"", .unexpectedByte, 5), ("1 1", .trailingBytes, 2), ("-", .truncated, 1),
        ] as [(String, JSONFault.Reason, Int)])
    func saysWhatIsWrongAndWhere(text: String, reason: JSONFault.Reason, offset: Int) {
        #expect(throws: JSONFault(reason: reason, offset: offset)) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func refusesInvalidUTF8() {
        #expect(throws: JSONFault(reason: .invalidUTF8, offset: 1)) { try JSONParser.parse([0x22, 0x61, 0xFF, 0x22]) }
        #expect(throws: JSONFault(reason: .invalidUTF8, offset: 1)) { try JSONParser.parse([0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func refusesDeepNestingWithoutRecursingIntoIt(opening: String) {
        let bytes = Array(String(repeating: opening, count: 100_000).utf8)
        #expect(throws: JSONFault(reason: .tooDeep, offset: 64 * opening.utf8.count)) { try JSONParser.parse(bytes) }
    }

    @Test func allowsNestingUpToTheLimit() throws {
        let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func refusesWhatIsLargerThanTheCallerAllows() {
        #expect(throws: JSONFault(reason: .tooLarge, offset: 4)) { try JSONParser.parse(Array("[1,2]".utf8), maximumBytes: 4) }
    }

    @Test func writesWhatItReads() throws {
        let text = #"{"a":[1,-2.50,true,null],"b":"q\"\\\n\u0001ñ","c":{}}"#
        let value = try parse(text)
        #expect(String(decoding: value.encoded, as: UTF8.self) == text)
        #expect(try JSONParser.parse(value.encoded) == value)
    }
}
