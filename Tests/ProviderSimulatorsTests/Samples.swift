import DeskCore

@testable import ProviderSimulators

/// What the tests of this target begin with.
enum Samples {
    static let noon = Instant(unixSeconds: 1_790_000_000)

    static let account = MetaAccount(
        phoneNumberID: "1000", businessAccountID: "9000", displayPhoneNumber: "34911000000", appSecret: Secret("app secret"),
        accessToken: Secret("token"), verifyToken: Secret("verify"))

    /// A world in which Ana (by number) has just written; Bea (by username only) and Carlos have not.
    static func world(_ adjust: (inout MetaBehaviour) -> Void = { _ in }) throws -> (MetaWorld, ana: MetaContact, bea: MetaContact) {
        var behaviour = MetaBehaviour()
        adjust(&behaviour)
        var world = MetaWorld(account: account, behaviour: behaviour, webhook: "http://desk.example/hook", seed: 7)
        let ana = try world.addContact(NewContact(name: "Ana Núñez", phone: "+34 600 000 001"))
        let bea = try world.addContact(NewContact(name: "Bea", businessScopedID: "ES.12345", username: "@bea"))
        _ = try world.addContact(NewContact(name: "Carlos", phone: "34600000003"))
        _ = try world.write([.text("Hola")], by: ana.id, at: noon)
        _ = world.takeNotices()
        return (world, ana, bea)
    }

    static func text(_ body: String = "¡Hola!", to: String = "34600000001", more: JSONValue = [:]) -> JSONValue {
        JSONValue.object([
            "messaging_product": "whatsapp", "to": .string(to), "type": "text", "text": ["body": .string(body)],
        ]).merging(more)
    }
}

extension MetaWorld {
    /// The notices planned since the last call, in the order of their times.
    mutating func told() -> [JSONValue] {
        takeNotices().sorted { $0.due < $1.due }.flatMap(\.notices).map { notice in
            switch notice {
            case .message(let item, _), .status(let item, _), .echo(let item, _): item
            }
        }
    }
}

extension GraphAnswer {
    var errorCode: Int? { json["error"]?["code"]?.integer }
    var messageID: String? { json["messages"]?.array?.first?["id"]?.string }
}
