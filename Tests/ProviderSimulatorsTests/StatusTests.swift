import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct StatusTests {
    @Test func reportsSentDeliveredRead() throws {
        var (world, _, _) = try Samples.world()
        let answer = world.send(Samples.text(more: ["biz_opaque_callback_data": "a-1"]), from: "1000", at: Samples.noon)
        let told = world.told()
        #expect(told.map { $0["status"]?.string } == ["sent", "delivered", "read"])
        #expect(told.allSatisfy { $0["id"]?.string == answer.messageID && $0["biz_opaque_callback_data"] == "a-1" })
        #expect(told.allSatisfy { $0["recipient_id"] == "34600000001" && $0["recipient_user_id"] != nil })
    }

    @Test func shufflesWhenToldTo() throws {
        var orders: Set<[String]> = []
        var (world, _, _) = try Samples.world { $0.statusOrder = .shuffled }
        for _ in 0..<20 {
            _ = world.send(Samples.text(), from: "1000", at: Samples.noon)
            orders.insert(world.told().compactMap { $0["status"]?.string })
        }
        #expect(orders.count > 1)
        #expect(orders.allSatisfy { Set($0) == ["sent", "delivered", "read"] })
    }

    @Test func readsNothingForContactsWhoHideIt() throws {
        var (world, _, _) = try Samples.world()
        var shy = NewContact(name: "Dani", phone: "34600000004")
        shy.sendsReadReceipts = false
        let contact = try world.addContact(shy)
        _ = try world.write([.text("hola")], by: contact.id, at: Samples.noon)
        _ = world.takeNotices()
        _ = world.send(Samples.text(to: "34600000004"), from: "1000", at: Samples.noon)
        #expect(world.told().map { $0["status"]?.string } == ["sent", "delivered"])
        #expect(try world.contact(contact.id).unread.count == 1)
        #expect(try world.read(by: contact.id, at: Samples.noon).isEmpty)
    }

    @Test func waitsForTheContactWhenManual() throws {
        var (world, ana, _) = try Samples.world { $0.statuses = .manual }
        let first = try #require(world.send(Samples.text("1"), from: "1000", at: Samples.noon).messageID)
        let second = try #require(world.send(Samples.text("2"), from: "1000", at: Samples.noon).messageID)
        #expect(world.told().isEmpty)
        try world.setStatus("delivered", of: first, errorCode: nil, at: Samples.noon)
        #expect(try world.read(by: ana.id, at: Samples.noon) == [first, second])
        #expect(world.told().map { $0["status"]?.string } == ["delivered", "read", "read"])
        #expect(try world.read(by: ana.id, at: Samples.noon).isEmpty)
    }

    @Test func reportsReactionsAsSentOnly() throws {
        var (world, ana, _) = try Samples.world()
        let written = try #require(try world.write([.text("hola")], by: ana.id, at: Samples.noon).first)
        _ = world.takeNotices()
        let request = Samples.text(more: ["type": "reaction", "reaction": ["message_id": .string(written.messageID), "emoji": "👍"]])
        #expect(world.send(request, from: "1000", at: Samples.noon).status == 200)
        #expect(world.told().map { $0["status"]?.string } == ["sent"])
    }

    @Test func knowsNoOtherStatusAndNoOtherMessage() throws {
        var (world, _, _) = try Samples.world()
        #expect(throws: ControlError.self) { try world.setStatus("read", of: "wamid.none", errorCode: nil, at: Samples.noon) }
        let id = try #require(world.send(Samples.text(), from: "1000", at: Samples.noon).messageID)
        #expect(throws: ControlError.self) { try world.setStatus("seen", of: id, errorCode: nil, at: Samples.noon) }
    }
}
