import DeskCore
import DeskServices
import DeskTesting

/// A sequence of repository calls that a seed decides, and what the desk would know after them. Nothing here asks a database.
struct RandomDesk {
    /// One call, and what is known once it has succeeded.
    struct Step: Sendable {
        let name: String
        let isWrite: Bool
        let body: @Sendable (any StorageSession) throws -> any Hashable & Sendable
        let learn: @Sendable (inout RandomDesk) -> Void
    }

    /// Texts that databases have treated differently: zero bytes, marks, letters with several spellings, what looks like syntax.
    static let texts = [
        "", "hola", "Hola", "¿Cuánto sale la pintura?", "man\u{303}ana", "mañana", "\u{0}", "a\u{0}b", "\u{1}", "a\u{1}\u{2}b",
        "ÑANDÚ ñandú",
        "🥰 gracias", "'; DROP TABLE messages; --", "%_\\", "$1 ?", "Z", "a", "é", "10", "9", "NULL", "{\"a\":[1]}",
        "factura 0001-00012345", "CAMIÓN camion", "\u{202E}abc", "Straße", String(repeating: "largo ", count: 300),
    ]

    var chance: SeededGenerator
    let build = DeskBuilder()
    var workspaces: [Workspace] = []
    var users: [User] = []
    var inboxes: [Inbox] = []
    var contacts: [Contact] = []
    var inboxOfContact: [Contact.ID: Inbox] = [:]
    var conversations: [Conversation] = []
    var messages: [Message] = []
    var obligations: [Obligation] = []
    var attempts: [Attempt] = []
    var tokens: [String] = []

    init(seed: UInt64) { chance = SeededGenerator(seed: seed) }

    mutating func next() -> Step {
        let writes = Self.writes
        let reads = Self.reads
        while true {
            let number = Int.random(in: 0..<(writes.count * 2 + reads.count), using: &chance)
            let make = number < writes.count * 2 ? writes[number / 2] : reads[number - writes.count * 2]
            if let step = make(&self) { return step }
        }
    }

    mutating func text() -> String { Self.texts.randomElement(using: &chance) ?? "" }

    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &chance) }

    mutating func one<Element>(of elements: [Element]) -> Element? { elements.randomElement(using: &chance) }

    /// Near now, so that instants fall together now and then.
    mutating func instant() -> Instant { build.now + .seconds(number(below: 20) - 10) }

    mutating func scope() -> Scope {
        let seen = workspaces.filter { _ in Bool.random(using: &chance) }
        return Scope.seeing(seen.map(\.id), as: users.first?.id ?? User.ID("nobody"))
    }

    func conversation(of message: Message) -> Conversation? { conversations.first { $0.id == message.conversation } }

    static func read(_ name: String, _ body: @escaping @Sendable (any StorageSession) throws -> any Hashable & Sendable) -> Step {
        Step(name: name, isWrite: false, body: body, learn: { _ in })
    }

    static func write(_ name: String, _ body: @escaping @Sendable (any StorageSession) throws -> any Hashable & Sendable) -> Step {
        Step(name: name, isWrite: true, body: body, learn: { _ in })
    }

    /// For calls that give nothing.
    static func write(_ name: String, doing body: @escaping @Sendable (any StorageSession) throws -> Void) -> Step {
        write(name) { session in
            try body(session)
            return true
        }
    }
}

extension RandomDesk.Step {
    /// The same call, and what is known once it has succeeded.
    func learning(_ learn: @escaping @Sendable (inout RandomDesk) -> Void) -> RandomDesk.Step {
        RandomDesk.Step(name: name, isWrite: isWrite, body: body, learn: learn)
    }
}
