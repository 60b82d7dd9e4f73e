import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct WritingTests {
    static let kinds: [(ContactMessage.Content, type: String, path: [String])] = [
        (.text("hola"), "text", ["text", "body"]),
        (.media(.image, nil, caption: "mira"), "image", ["image", "caption"]),
        (.media(.voice, nil, caption: nil), "audio", ["audio", "voice"]),
        (.media(.document, nil, caption: nil), "document", ["document", "filename"]),
        (.media(.sticker, nil, caption: nil), "sticker", ["sticker", "animated"]),
        (.media(.video, nil, caption: nil), "video", ["video", "sha256"]),
        (.media(.audio, nil, caption: nil), "audio", ["audio", "mime_type"]),
        (.location(Location(latitude: 0, longitude: -3.7)), "location", ["location", "latitude"]),
        (.contacts([SharedContact(name: "Eva", phones: ["+34 600"])]), "contacts", ["contacts"]),
        (.order(catalogue: nil, items: [["quantity": 2]], text: nil), "order", ["order", "product_items"]),
        (.button(text: "Sí", payload: "yes"), "button", ["button", "payload"]),
        (.buttonReply(id: "1", title: "Sí"), "interactive", ["interactive", "button_reply", "id"]),
        (.listReply(id: "1", title: "Sí", description: nil), "interactive", ["interactive", "list_reply", "title"]),
        (.formReply(["a": 1]), "interactive", ["interactive", "nfm_reply", "response_json"]),
        (.unsupported(code: 131_051, type: "poll_creation"), "unsupported", ["unsupported", "type"]),
        (.numberChange(newPhone: "34600000099"), "system", ["system", "wa_id"]),
        (.userIDChange(newBusinessScopedID: "ES.2"), "system", ["system", "user_id"]),
    ]

    @Test(arguments: kinds.indices)
    func writesEveryKindInMetasWords(index: Int) throws {
        let (content, type, path) = Self.kinds[index]
        var (world, ana, _) = try Samples.world()
        _ = try world.write([ContactMessage(content)], by: ana.id, at: Samples.noon)
        let item = try #require(world.told().first)
        #expect(item["type"]?.string == type)
        #expect(item["timestamp"]?.string == "1790000000")
        let found = path.reduce(JSONValue?.some(item)) { value, name in value?[name] }
        #expect(found != nil)
    }

    @Test func saysBothIdsOfAContactWithANumber() throws {
        var (world, ana, _) = try Samples.world()
        _ = try world.write([.text("hola")], by: ana.id, at: Samples.noon)
        let body = try #require(world.takeNotices().first).body
        let value = try #require(body["entry"]?.array?.first?["changes"]?.array?.first?["value"])
        #expect(value["metadata"] == ["display_phone_number": "34911000000", "phone_number_id": "1000"])
        #expect(value["contacts"]?.array?.first?["wa_id"] == "34600000001")
        #expect(value["messages"]?.array?.first?["from"] == "34600000001")
        #expect(value["messages"]?.array?.first?["from_user_id"] == .string(ana.businessScopedID))
    }

    @Test func saysNoNumberOfAContactKnownByUsername() throws {
        var (world, _, bea) = try Samples.world()
        _ = try world.write([.text("hola")], by: bea.id, at: Samples.noon)
        let body = try #require(world.takeNotices().first).body.text()
        #expect(!body.contains("wa_id"))
        #expect(!body.contains(#""from":"#))
        #expect(body.contains(#""from_user_id":"ES.12345""#))
        #expect(body.contains(#""username":"@bea""#))
    }

    @Test func echoesWhatThePrincipalWrites() throws {
        var (world, ana, _) = try Samples.world()
        _ = try world.echo(.text("Ya te contesto"), to: ana.id, at: Samples.noon)
        let body = try #require(world.takeNotices().first).body
        let change = try #require(body["entry"]?.array?.first?["changes"]?.array?.first)
        #expect(change["field"] == "smb_message_echoes")
        let echo = try #require(change["value"]?["message_echoes"]?.array?.first)
        #expect(echo["from"] == "34911000000")
        #expect(echo["to"] == "34600000001")
        #expect(throws: ControlError.self) { try world.echo(ContactMessage(.numberChange(newPhone: "1")), to: ana.id, at: Samples.noon) }
    }

    @Test func editsRevokesAndReacts() throws {
        var (world, ana, _) = try Samples.world()
        let original = try #require(try world.write([.text("hola")], by: ana.id, at: Samples.noon).first).messageID
        _ = world.takeNotices()
        _ = try world.edit(original, to: "hola!", by: .contact, contactID: ana.id, at: Samples.noon)
        _ = try world.react(to: original, with: "👍", by: .principal, contactID: ana.id, at: Samples.noon)
        _ = try world.react(to: original, with: nil, by: .contact, contactID: ana.id, at: Samples.noon)
        _ = try world.revoke(original, by: .contact, contactID: ana.id, at: Samples.noon)
        let told = world.told()
        #expect(told.map { $0["type"]?.string } == ["edit", "reaction", "reaction", "revoke"])
        #expect(told[0]["edit"]?["message"]?["text"]?["body"] == "hola!")
        #expect(told[1]["to"] == "34600000001")
        #expect(told[2]["reaction"] == ["message_id": .string(original)])
        #expect(told[3]["revoke"]?["original_message_id"] == .string(original))
        #expect(throws: ControlError.self) { try world.revoke("wamid.none", by: .contact, contactID: ana.id, at: Samples.noon) }
    }

    @Test func quotesWithTheAuthorOfTheQuoted() throws {
        var (world, ana, _) = try Samples.world()
        let sent = try #require(world.send(Samples.text(), from: "1000", at: Samples.noon).messageID)
        _ = world.takeNotices()
        _ = try world.write([ContactMessage(.text("a esto"), context: sent)], by: ana.id, at: Samples.noon)
        #expect(world.told().first?["context"] == ["id": .string(sent), "from": "34911000000"])
    }

    @Test func pressesOnTheLatestMessageOfOurs() throws {
        var (world, ana, _) = try Samples.world()
        _ = world.send(Samples.text("¿A o B?"), from: "1000", at: Samples.noon)
        let latest = try #require(world.receipts.last?.messageID)
        _ = world.takeNotices()
        _ = try world.write([ContactMessage(.buttonReply(id: "a", title: "A"))], by: ana.id, at: Samples.noon)
        #expect(world.told().first?["context"] == ["id": .string(latest), "from": "34911000000"])
    }

    @Test func changesTheNumberForWhatFollows() throws {
        var (world, ana, _) = try Samples.world()
        _ = try world.write([ContactMessage(.numberChange(newPhone: "34600000099"))], by: ana.id, at: Samples.noon)
        #expect(world.send(Samples.text(to: "34600000099"), from: "1000", at: Samples.noon).status == 200)
        #expect(world.receipts.last?.contactID == ana.id)
    }

    @Test func opensTheWindowByTheLatestMessageOnly() throws {
        var (world, _, _) = try Samples.world()
        let dora = try world.addContact(NewContact(name: "Dora", phone: "34600000005"))
        _ = try world.write([ContactMessage(.text("ayer"), timestamp: Samples.noon - .hours(23))], by: dora.id, at: Samples.noon)
        _ = try world.write([ContactMessage(.text("antes"), timestamp: Samples.noon - .hours(30))], by: dora.id, at: Samples.noon)
        #expect(try world.contact(dora.id).windowClosesAt == Samples.noon + .hours(1))
    }

    @Test func refusesASecondContactWithTheSameNumber() throws {
        var (world, _, _) = try Samples.world()
        #expect(throws: ControlError.self) { try world.addContact(NewContact(name: "Otra", phone: "34600000001")) }
        #expect(throws: ControlError.self) { try world.addContact(NewContact(name: "Nadie")) }
    }

    @Test func putsABatchIntoOneBody() throws {
        var (world, ana, _) = try Samples.world()
        _ = try world.write([.text("uno"), .text("dos"), .text("tres")], by: ana.id, at: Samples.noon)
        let planned = world.takeNotices()
        #expect(planned.count == 1)
        let value = try #require(planned.first?.body["entry"]?.array?.first?["changes"]?.array?.first?["value"])
        #expect(value["messages"]?.array?.count == 3)
        #expect(value["contacts"]?.array?.count == 1)
    }
}

extension PlannedNotices {
    fileprivate var body: JSONValue { WebhookEnvelope.body(for: notices, account: Samples.account) }
}
