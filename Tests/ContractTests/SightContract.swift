import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Whatever takes a scope shows exactly what `Grant.covers` says: no conversation more, and none less (promise P5).
@Suite struct SightContract {
    /// One limit of each kind, and some together.
    enum Limit: CaseIterable, Sendable {
        case nothing, oneInbox, noInbox, oneTopic, twoTopics, noTopic, own, ordinaryOnly, everyClass, noClass, allTogether, withoutReading

        func grant(_ inbox: Inbox.ID) -> Grant {
            switch self {
            case .nothing: Grant(actions: [.read])
            case .oneInbox: Grant(actions: [.read], inboxes: [inbox])
            case .noInbox: Grant(actions: [.read], inboxes: [])
            case .oneTopic: Grant(actions: [.read], topics: [.sales])
            case .twoTopics: Grant(actions: [.read], topics: [.sales, .job])
            case .noTopic: Grant(actions: [.read], topics: [])
            case .own: Grant(actions: [.read], isLimitedToOwn: true)
            case .ordinaryOnly: Grant(actions: [.read], contactClasses: [.ordinary])
            case .everyClass: Grant(actions: [.read], contactClasses: Set(ContactClass.allCases))
            case .noClass: Grant(actions: [.read], contactClasses: [])
            case .allTogether:
                Grant(actions: [.read], inboxes: [inbox], topics: [.sales], contactClasses: [.important], isLimitedToOwn: true)
            case .withoutReading: Grant(actions: [.reply, .reveal])
            }
        }
    }

    @Test(arguments: StorageFactory.all, Limit.allCases)
    func everyListShowsWhatTheGrantCovers(_ factory: StorageFactory, _ limit: Limit) async throws {
        let mixed = try await MixedDesk.open(in: factory.storage())
        let grant = limit.grant(mixed.desk.inbox.id)
        let scope = mixed.scope(grant, for: limit == .withoutReading ? .reply : .read)
        let expected = Set(mixed.matters.filter { grant.covers($0.value, for: MixedDesk.viewer) }.keys)
        let levels = [mixed.desk.workspace.id: EscalationLevel.member]
        try await mixed.desk.storage.read { session throws in
            let conversations = session.conversations
            for state in [QueueFilter.State.owed, .all] {
                let seen = try conversations.queue(QueueFilter(state: state), scope: scope, limit: 99, cursor: nil).items
                #expect(Set(seen.map(\.conversation.id)) == expected, "\(state)")
            }
            #expect(try conversations.owedCount(scope: scope, maximum: 999) == expected.count)
            #expect(Set(try conversations.escalated(levels, scope: scope, limit: 99).map(\.conversation.id)) == expected)
            #expect(Set(try session.attempts.undecided(scope: scope, limit: 99).map(\.conversation)) == expected)
            for words in ["canario", "marta"] {
                let hits = try session.search.search(words, scope: scope, limit: 99, cursor: nil).items
                #expect(Set(hits.map(\.conversation)) == expected, "\(words)")
            }
            for id in mixed.matters.keys {
                #expect((try conversations.summary(id, scope: scope) != nil) == expected.contains(id))
            }
        }
    }

    @Test(arguments: StorageFactory.all)
    func onlyTheInboxesOfTheGrantAreListed(_ factory: StorageFactory) async throws {
        let mixed = try await MixedDesk.open(in: factory.storage())
        for (limit, expected) in [(Limit.nothing, 2), (.oneInbox, 1), (.noInbox, 0)] {
            let scope = mixed.scope(limit.grant(mixed.desk.inbox.id))
            #expect(try await mixed.desk.storage.value { try $0.inboxes.inboxes(in: scope) }.count == expected)
        }
    }

    @Test(arguments: StorageFactory.all, [Limit.own, .oneTopic, .ordinaryOnly])
    func pagesOfAPartialQueueHaveNoGap(_ factory: StorageFactory, _ limit: Limit) async throws {
        let mixed = try await MixedDesk.open(in: factory.storage())
        let grant = limit.grant(mixed.desk.inbox.id)
        let scope = mixed.scope(grant)
        let expected = mixed.matters.values.count { grant.covers($0, for: MixedDesk.viewer) }
        let pages = try await mixed.desk.storage.pages { try $0.conversations.queue(QueueFilter(), scope: scope, limit: 2, cursor: $1) }
        #expect(pages.dropLast().allSatisfy { $0.count == 2 })
        #expect(Set(pages.flatMap { $0 }.map(\.conversation.id)).count == expected)
        #expect(pages.flatMap { $0 }.count == expected)
    }

    /// Of a hundred hits, the viewer may see every twentieth: pages are full all the same.
    @Test(arguments: StorageFactory.all)
    func pagesOfASearchHaveNoGapWhenMostIsHidden(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var (hidden, shown) = (try await desk.meet("Marta").conversation, try await desk.meet("Luis").conversation)
        shown.assignee = MixedDesk.viewer
        var expected: [Message.ID] = []
        try await MixedDesk.admit(MixedDesk.viewer, to: desk)
        for number in 1...100 {
            if number.isMultiple(of: 20) {
                let said = try await desk.say("pintura \(number)", in: shown)
                shown = said.conversation
                expected.insert(said.message.id, at: 0)
            } else {
                hidden = try await desk.say("pintura \(number)", in: hidden).conversation
            }
        }
        let scope = MixedDesk.scope(Grant(actions: [.read], isLimitedToOwn: true), in: desk.workspace.id)
        let pages = try await desk.storage.pages { try $0.search.search("pintura", scope: scope, limit: 2, cursor: $1) }
        #expect(pages.map(\.count) == [2, 2, 1])
        #expect(pages.flatMap { $0 }.map(\.message) == expected)
    }
}

/// A desk with a conversation of every kind that a grant can tell apart.
struct MixedDesk: Sendable {
    static let viewer = User.ID("viewer")

    let desk: SampleDesk
    let matters: [Conversation.ID: Matter]

    /// - Returns: two inboxes, three topics, every class, three assignees: each combination once.
    static func open(in storage: any Storage) async throws -> MixedDesk {
        let desk = try await SampleDesk.open(in: storage)
        try await admit(viewer, User.ID("other"), to: desk)
        let second = desk.build.inbox(in: desk.workspace, name: "Segunda", account: "15550002222")
        try await storage.write { try $0.inboxes.insert(second, settings: [:], secrets: [:], at: desk.build.now) }
        var matters: [Conversation.ID: Matter] = [:]
        for inbox in [desk.inbox, second] {
            for topic in [nil, Topic.sales, .job] {
                for contactClass in ContactClass.allCases {
                    for assignee in [nil, viewer, User.ID("other")] {
                        let matter = Matter(
                            workspace: desk.workspace.id, inbox: inbox.id, topic: topic, contactClass: contactClass, assignee: assignee)
                        matters[try await conversation(about: matter, in: inbox, of: desk)] = matter
                    }
                }
            }
        }
        return MixedDesk(desk: desk, matters: matters)
    }

    /// One that owes an answer, has been escalated, can be found, and has a reply of which nobody knows whether it went.
    private static func conversation(about matter: Matter, in inbox: Inbox, of desk: SampleDesk) async throws -> Conversation.ID {
        let build = desk.build
        var contact = build.contact(in: desk.workspace, name: "Marta")
        contact.contactClass = matter.contactClass
        var conversation = build.conversation(with: contact, in: inbox, assignee: matter.assignee)
        conversation.topic = matter.topic
        let (met, entry) = (contact, conversation)
        let asked = build.message(.inbound, "canario", in: &conversation)
        let replied = build.message(.outbound, "respuesta", in: &conversation)
        let after = conversation
        let attempt = build.attempt(of: replied, to: met, in: after, state: .unknown(reason: "silencio"))
        try await desk.storage.write { session throws in
            try session.contacts.insert(met, in: inbox.id, at: build.now)
            try session.conversations.insert(entry)
            for message in [asked, replied] {
                _ = try session.messages.insert(message, workspace: desk.workspace.id, inbox: inbox.id, replyKey: nil)
            }
            try session.conversations.update(after)
            if let inbound = InboundMessage(asked) {
                let owed = build.obligation(for: inbound, in: desk.workspace.id)
                try session.obligations.insert(owed.escalated(), at: build.now)
            }
            try session.attempts.insert(attempt, at: build.now)
        }
        return entry.id
    }

    /// People to whom conversations can be given.
    static func admit(_ users: User.ID..., to desk: SampleDesk) async throws {
        for id in users {
            let user = User(id: id, email: "\(id)@example.org", name: "Ana", locale: "es", timeZone: "Europe/Madrid")
            try await desk.storage.write { try $0.people.insert(user, at: desk.build.now) }
        }
    }

    func scope(_ grant: Grant, for action: Policy.Action = .read) -> Scope { Self.scope(grant, for: action, in: desk.workspace.id) }

    static func scope(_ grant: Grant, for action: Policy.Action = .read, in workspace: Workspace.ID) -> Scope {
        let membership = Membership(workspace: workspace, user: viewer, role: .support, customGrant: grant, signedAgreement: 1)
        return Policy.scope(
            of: viewer, memberships: [membership], agreements: [workspace: 1], for: action, at: Instant(unixSeconds: 0))
    }
}

extension Obligation {
    fileprivate func escalated() -> Obligation {
        Obligation(
            id: id, workspace: workspace, conversation: conversation, owedSince: owedSince, dueAt: dueAt, firstPosition: firstPosition,
            lastPosition: lastPosition, state: state, escalation: Escalation(level: .supervisor, nextAt: nil))
    }
}
