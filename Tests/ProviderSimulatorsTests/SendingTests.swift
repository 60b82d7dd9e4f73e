import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct SendingTests {
    @Test func acceptsATextInsideTheWindow() throws {
        var (world, ana, _) = try Samples.world()
        let request = Samples.text(to: "+34 600-000-001", more: ["biz_opaque_callback_data": "attempt-1"])
        let answer = world.send(request, from: "1000", at: Samples.noon)
        #expect(answer.status == 200)
        #expect(answer.json["contacts"] == [["input": "+34 600-000-001", "wa_id": "34600000001"]])
        let receipt = try #require(world.receipts.first)
        #expect(receipt.messageID == answer.messageID)
        #expect(receipt.contactID == ana.id)
        #expect(receipt.callbackData == "attempt-1")
        #expect(receipt.reachedContact)
    }

    @Test func reachesAContactByBusinessScopedID() throws {
        var (world, _, bea) = try Samples.world()
        _ = try world.write([.text("hola")], by: bea.id, at: Samples.noon)
        let request: JSONValue = ["messaging_product": "whatsapp", "recipient": "ES.12345", "text": ["body": "Hola, Bea"]]
        let answer = world.send(request, from: "1000", at: Samples.noon)
        #expect(answer.json["contacts"] == [["input": "ES.12345", "user_id": "ES.12345"]])
        #expect(world.receipts.last?.contactID == bea.id)
    }

    @Test func prefersTheNumberWhenBothAreGiven() throws {
        var (world, ana, _) = try Samples.world()
        _ = world.send(Samples.text(more: ["recipient": "ES.12345"]), from: "1000", at: Samples.noon)
        #expect(world.receipts.last?.contactID == ana.id)
    }

    @Test(
        arguments: [
            (Samples.text(String(repeating: "a", count: 4_097)), 100), (Samples.text(""), 100),
            (["messaging_product": "whatsapp", "text": ["body": "x"]], 100), (["to": "34600000001", "text": ["body": "x"]], 100),
            (Samples.text(to: "12"), 131_009), (Samples.text(more: ["type": "poll"]), 131_051),
            (Samples.text(more: ["type": "location"]), 131_008), (Samples.text(more: ["type": "image", "image": ["id": "5"]]), 100),
            (Samples.text(more: ["type": "image", "image": [:]]), 100), (Samples.text(to: "34600000003"), 131_047),
            (Samples.text(more: ["type": "template", "template": ["name": "nope", "language": ["code": "es"]]]), 132_001),
            (Samples.text(more: ["type": "reaction", "reaction": ["message_id": "wamid.none", "emoji": "👍"]]), 131_009),
            (Samples.text(more: ["biz_opaque_callback_data": .string(String(repeating: "x", count: 513))]), 100),
        ] as [(JSONValue, Int)])
    func refusesWithMetasNumber(request: JSONValue, code: Int) throws {
        var (world, _, _) = try Samples.world()
        let answer = world.send(request, from: "1000", at: Samples.noon)
        #expect(answer.errorCode == code)
        #expect(answer.status == 400 || answer.status == 404)
        #expect(answer.json["error"]?["fbtrace_id"]?.string?.isEmpty == false)
        #expect(world.receipts.map(\.outcome) == [.refused])
    }

    @Test func takesTextsOfExactlyTheLimit() throws {
        var (world, _, _) = try Samples.world()
        #expect(world.send(Samples.text(String(repeating: "ñ", count: 4_096)), from: "1000", at: Samples.noon).status == 200)
    }

    @Test(arguments: [(Duration.hours(24), 200), (.hours(24) + .seconds(1), 400)])
    func closesTheWindowAfterADay(wait: Duration, status: Int) throws {
        var (world, _, _) = try Samples.world()
        let answer = world.send(Samples.text(), from: "1000", at: Samples.noon + wait)
        #expect(answer.status == status)
        #expect(answer.errorCode == (status == 200 ? nil : 131_047))
    }

    @Test func refusesLaterWhenToldTo() throws {
        var (world, _, _) = try Samples.world { $0.windowRefusal = .async }
        let answer = world.send(Samples.text(to: "34600000003"), from: "1000", at: Samples.noon)
        #expect(answer.status == 200)
        let told = world.told()
        #expect(told.map { $0["status"]?.string } == ["failed"])
        #expect(told.first?["errors"]?.array?.first?["code"] == 131_047)
        #expect(world.receipts.last?.reachedContact == false)
    }

    @Test func failsLaterForANumberThatNobodyHas() throws {
        var (world, _, _) = try Samples.world()
        #expect(world.send(Samples.text(to: "34699999999"), from: "1000", at: Samples.noon).status == 200)
        #expect(world.told().first?["errors"]?.array?.first?["code"] == 131_026)
    }

    @Test func refusesThatNumberAtOnceWithAnAllowList() throws {
        var (world, _, _) = try Samples.world { $0.usesAllowList = true }
        #expect(world.send(Samples.text(to: "34699999999"), from: "1000", at: Samples.noon).errorCode == 131_030)
    }

    @Test func limitsOnePairToABurstAndThenOneInSixSeconds() throws {
        var (world, _, _) = try Samples.world()
        let burst = (0..<46).map { world.send(Samples.text("\($0)"), from: "1000", at: Samples.noon).errorCode }
        #expect(burst.prefix(45).allSatisfy { $0 == nil })
        #expect(burst.last == 131_056)
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon + .seconds(5)).errorCode == 131_056)
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon + .seconds(6)).errorCode == nil)
    }

    @Test func limitsThroughput() throws {
        var (world, _, _) = try Samples.world {
            $0.limitsPairs = false
            $0.throughputPerSecond = 3
        }
        let codes = (0..<4).map { _ in world.send(Samples.text(), from: "1000", at: Samples.noon).errorCode }
        #expect(codes == [nil, nil, nil, 130_429])
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon + .milliseconds(334)).errorCode == nil)
    }

    @Test func knowsNoOtherNumber() throws {
        var (world, _, _) = try Samples.world()
        let answer = world.send(Samples.text(), from: "1001", at: Samples.noon)
        #expect(answer.errorCode == 100)
        #expect(answer.json["error"]?["error_subcode"] == 33)
    }

    @Test func marksAsReadWhatAContactWrote() throws {
        var (world, ana, _) = try Samples.world()
        let written = try #require(try world.write([.text("¿Hola?")], by: ana.id, at: Samples.noon).first)
        let mark: JSONValue = [
            "messaging_product": "whatsapp", "status": "read", "message_id": .string(written.messageID),
            "typing_indicator": ["type": "text"],
        ]
        #expect(world.send(mark, from: "1000", at: Samples.noon).json == ["success": true])
        #expect(world.marks.map(\.showsTyping) == [true])
        #expect(world.receipts.isEmpty)
        let unknown: JSONValue = ["messaging_product": "whatsapp", "status": "read", "message_id": "wamid.none"]
        #expect(world.send(unknown, from: "1000", at: Samples.noon).errorCode == 131_009)
    }

    @Test(arguments: [(nil, 104), ("Basic x", 104), ("Bearer wrong", 190), ("Bearer token", nil)] as [(String?, Int?)])
    func asksForTheToken(header: String?, code: Int?) throws {
        var (world, _, _) = try Samples.world()
        let refusal = world.refusalOf(authorization: header)
        #expect(refusal?.errorCode == code)
        #expect(refusal?.status == code.map { _ in 401 })
    }
}
