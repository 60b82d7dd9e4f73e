import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What grants are made of, in the store: it must come back as it went in, or somebody sees what they may not.
@Suite struct GrantContract {
    private static let grants: [Grant?] =
        [nil] + Role.allCases.map(Grant.standard) + [
            Grant(
                actions: Set(Policy.Action.allCases), inboxes: [Inbox.ID("a"), Inbox.ID("b")], topics: [.sales, .job],
                contactClasses: Set(ContactClass.allCases), isLimitedToOwn: true, endsAt: Instant(microseconds: 1_790_000_000_000_001)),
            Grant(actions: [], inboxes: [], topics: [], contactClasses: []),
        ]

    @Test(arguments: StorageFactory.all, grants)
    func aMembershipKeepsItsGrant(_ factory: StorageFactory, _ grant: Grant?) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let ana = desk.build.user("Ana")
        let inserted = Membership(workspace: desk.workspace.id, user: ana.id, role: .support, customGrant: grant)
        try await desk.storage.write { session throws in
            try session.people.insert(ana, at: desk.build.now)
            try session.people.insert(inserted, at: desk.build.now)
        }
        #expect(try await desk.storage.value { try $0.people.memberships(of: ana.id) } == [inserted])
        var changed = inserted
        changed.customGrant = grant == nil ? Grant(actions: [.read]) : nil
        let updated = changed
        try await desk.storage.write { try $0.people.update(updated) }
        try await desk.storage.read { session throws in
            #expect(try session.people.memberships(of: ana.id) == [updated])
            #expect(try session.people.members(of: desk.workspace.id).map(\.membership).contains(updated))
        }
    }

    @Test(arguments: StorageFactory.all, grants)
    func anInvitationKeepsItsGrant(_ factory: StorageFactory, _ grant: Grant?) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let invitation = Invitation(
            tokenDigest: Digest.of("token"), workspace: desk.workspace.id, email: "ana@example.org", role: .assistant, customGrant: grant,
            createdAt: desk.build.now, expiresAt: desk.build.now + .hours(1))
        try await desk.storage.write { try $0.credentials.insert(invitation) }
        #expect(try await desk.storage.value { try $0.credentials.invitation(tokenDigest: invitation.tokenDigest) } == invitation)
    }

    @Test(arguments: StorageFactory.all)
    func aConversationKeepsItsTopic(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let met = try await desk.meet().conversation
        for topic in [nil] + Topic.allCases + [nil] {
            var changed = met
            changed.topic = topic
            let updated = changed
            try await desk.storage.write { try $0.conversations.update(updated) }
            try await desk.storage.read { session throws in
                #expect(try session.conversations.conversation(met.id) == updated)
                #expect(try session.conversations.summary(met.id, scope: desk.scope)?.conversation == updated)
            }
        }
    }

    @Test(arguments: StorageFactory.all, ContactClass.allCases)
    func aContactKeepsTheirClass(_ factory: StorageFactory, _ contactClass: ContactClass) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (contact, conversation) = try await desk.meet()
        var changed = contact
        changed.contactClass = contactClass
        let updated = changed
        try await desk.storage.write { try $0.contacts.update(updated, in: desk.inbox.id) }
        try await desk.storage.read { session throws in
            #expect(try session.contacts.contact(contact.id) == updated)
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: contact.identities) == updated)
            #expect(try session.conversations.summary(conversation.id, scope: desk.scope)?.contact == updated)
        }
    }

    @Test(arguments: StorageFactory.all)
    func theQueueIsNarrowedByTopic(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var sales = try await desk.say("a", in: desk.meet("Marta").conversation).conversation
        _ = try await desk.say("b", in: desk.meet("Luis").conversation)
        sales.topic = .sales
        let classified = sales
        try await desk.storage.write { try $0.conversations.update(classified) }
        for state in [QueueFilter.State.owed, .all] {
            let found = try await desk.storage.value {
                try $0.conversations.queue(QueueFilter(state: state, topic: .sales), scope: desk.scope, limit: 9, cursor: nil).items
            }
            #expect(found.map(\.conversation.id) == [classified.id])
        }
    }
}
