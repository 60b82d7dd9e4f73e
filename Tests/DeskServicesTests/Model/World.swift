import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// A desk and its models, two contacts who write, and a provider that does the worst that it may.
struct World {
    static let people = [Correspondent.marta, .bruno]

    let desk: Desk
    var chance: SeededGenerator
    var models = [ConversationModel(), ConversationModel()]
    /// Taken up, and the provider's answer is not recorded yet.
    var underWay: [Attempt] = []
    /// What the provider took, whether the desk was told or not.
    var taken: [Taken] = []
    var worker: DeliverReplies
    /// What happened so far, for whoever has to understand a failure.
    var story: [String] = []
    private var chain: LedgerChain
    private var count = 0

    struct Taken {
        let person: Int
        let message: Message.ID
        let attempt: Attempt.ID
        let providerID: String
    }

    init(seed: UInt64) async throws {
        desk = try await Desk.open()
        chance = SeededGenerator(seed: seed)
        worker = DeliverReplies(desk.context, doorbell: Doorbell())
        chain = LedgerChain(of: desk.workspace.id)
    }

    mutating func number() -> Int {
        count += 1
        return count
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int.random(in: elements.indices, using: &chance)]
    }

    mutating func tell(_ text: String) { story.append("\(story.count + 1) \(text)") }

    mutating func change(_ message: Message.ID, _ event: (inout ReplyModel) -> Void) {
        for person in models.indices { models[person].change(message, event) }
    }

    func person(of message: Message.ID) -> Int? {
        models.firstIndex { $0.replies.contains { $0.id == message } }
    }
}

/// What has to be so after every step.
extension World {
    mutating func check(_ seed: UInt64) async throws {
        let tale = Comment(rawValue: "seed \(seed): " + story.joined(separator: " · "))
        for (person, model) in models.enumerated() where model.places > 0 {
            try await check(model, of: Self.people[person], tale)
        }
        let workspace = desk.workspace.id
        let known = chain.head.sequence
        for entry in try await desk.read({ try $0.ledger.entries(of: workspace, after: known, limit: 1_000) }) {
            try chain.follow(entry)
        }
    }

    private func check(_ model: ConversationModel, of person: Correspondent, _ tale: Comment) async throws {
        let messages = try await desk.messages(with: person)
        #expect(messages.map(\.position) == Array(1...model.places), tale)
        #expect(messages.filter { $0.direction == .inbound }.map(\.position) == model.inbound.map(\.position), tale)

        let obligation = try await desk.obligation(to: person)
        #expect((obligation != nil) == model.isOwed, tale)
        if let obligation, let owedSince = model.owedSince {
            #expect(obligation.owedSince <= owedSince, tale)
            #expect(!model.isPlain || obligation.owedSince == owedSince, tale)
        }

        for reply in model.replies { try await check(reply, to: person, tale) }
    }

    private func check(_ reply: ReplyModel, to person: Correspondent, _ tale: Comment) async throws {
        let message = try await desk.message(reply.id)
        let attempt = try await desk.attempt(of: message)
        #expect(reply.progress.names.contains(attempt.state.name), tale)
        #expect(message.delivery == attempt.state, tale)
        let calls = desk.channels.sent.filter { $0.message.attempt == attempt.id.text }
        #expect(calls.count <= reply.allowedCalls, tale)
        #expect(calls.allSatisfy { person.identities.contains($0.message.recipient) }, tale)
    }
}

extension ReplyModel.Progress {
    /// How the desk may call it.
    fileprivate var names: [String] {
        switch self {
        case .waiting: ["held", "queued"]
        case .sending: ["sending"]
        case .unknown: ["unknown"]
        case .failed: ["failed"]
        case .undone: ["undone"]
        case .taken(1): ["accepted"]
        case .taken(2): ["delivered"]
        case .taken: ["read"]
        }
    }
}
