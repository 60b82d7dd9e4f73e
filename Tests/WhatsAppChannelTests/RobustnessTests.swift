import DeskCore
import Testing
import WhatsAppChannel

@Suite struct RobustnessTests {
    @Test func badEntriesCostTheirSiblingsNothing() throws {
        let events = try Payload.events("batch-with-bad-entries")
        #expect(events.compactMap { $0.message?.content.text } == ["uno", "dos", "tres"])
        #expect(events[0].message?.correspondent == .luisa)
        #expect(
            events[2].message?.correspondent == Correspondent(identities: [ProviderIdentity(.phone, "34600777888")], name: "Beto"))
        #expect(events.compactMap(\.status?.stage) == [.read])
        #expect(events.filter(\.isMalformed).count == 6)
    }

    @Test func everyEventThatCanRepeatHasAKeyOfItsOwn() throws {
        let keys = try Payload.events("batch-with-bad-entries").filter { !$0.isMalformed }.map(\.key)
        #expect(!keys.contains(nil))
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: [
        "", " ", "{", "null", "[]", "7", "\"x\"", "<html>502</html>", #"{"object":"whatsapp_business_account"}"#,
        #"{"object":"whatsapp_business_account","entry":null}"#, #"{"entry":[null]}"#, #"{"entry":[{"changes":[7]}]}"#,
        #"{"entry":[{"changes":[{"value":{"messages":{}}}]}]}"#, #"{"entry":[{"changes":[{"value":{"statuses":[{}]}}]}]}"#,
        #"{"entry":[{"changes":[{"field":"history","value":{"history":[{"threads":7}]}}]}]}"#,
    ])
    func whatIsNoWebhookGivesOneMalformedEvent(body: String) {
        let events = WhatsAppAdapter().events(in: Array(body.utf8))
        #expect(events.map(\.isMalformed) == [true])
    }

    @Test func anEmptyWebhookIsIgnored() throws {
        #expect(try Payload.events("nothing-inside").map(\.payload) == [.ignored(reason: "nothing inside")])
        #expect(try Payload.events("other-object").map(\.payload) == [.ignored(reason: "not about a WhatsApp account")])
        #expect(try Payload.events("entry-is-an-object").map(\.isMalformed) == [true])
    }

    @Test func deepNestingIsRefused() {
        let body = #"{"object":"whatsapp_business_account","entry":"# + String(repeating: "[", count: 100_000)
        #expect(WhatsAppAdapter().events(in: Array(body.utf8)).map(\.isMalformed) == [true])
    }

    @Test func aLongTextIsReadWhole() {
        let text = String(repeating: "ñ", count: 51_200)
        let body =
            #"{"entry":[{"changes":[{"value":{"messages":[{"from":"1","id":"w","type":"text","text":{"body":""# + text + #""}}]}}]}]}"#
        #expect(WhatsAppAdapter().events(in: Array(body.utf8)).first?.message?.content.text == text)
    }

    @Test func anEmptyTextIsAMessageAllTheSame() {
        let body = #"{"entry":[{"changes":[{"value":{"messages":[{"from":"1","id":"w","type":"text","text":{"body":""}}]}}]}]}"#
        #expect(WhatsAppAdapter().events(in: Array(body.utf8)).first?.message?.content == MessageContent(kind: .text))
    }

    @Test(arguments: try Payload.names)
    func everyTruncationIsMalformedAndNothingElse(name: String) throws {
        let body = try Payload.bytes(name)
        let end = try #require(body.lastIndex(of: UInt8(ascii: "}")))
        let adapter = WhatsAppAdapter()
        for length in 0..<end {
            guard adapter.events(in: Array(body[..<length])).map(\.isMalformed) == [true] else {
                Issue.record("the first \(length) bytes were taken for a whole body")
                return
            }
        }
    }

    @Test(arguments: try Payload.names)
    func flippedBitsNeverCrash(name: String) throws {
        let body = try Payload.bytes(name)
        var random = SplitMix(state: UInt64(body.count))
        let adapter = WhatsAppAdapter()
        for _ in 0..<200 {
            var broken = body
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                broken[Int.random(in: 0..<broken.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            #expect(!adapter.events(in: broken).isEmpty)
        }
    }
}

/// A small generator whose sequence is the same in every run (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators").
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
