import DeskCore
import DeskServices
import DeskTesting

/// Calls that only ask.
extension RandomDesk {
    static let reads: [Draw] = [
        { $0.readQueue() }, { $0.readQueue() }, { $0.readSummary() }, { $0.countOwed() }, { $0.searchWords() }, { $0.searchWords() },
        { $0.readMessages() }, { $0.findMessage() }, { $0.findContact() }, { $0.readObligation() }, { $0.readLedger() },
        { $0.readEvents() }, { $0.readDeliveries() }, { $0.readPeople() }, { $0.readInboxes() }, { $0.readCredentials() },
    ]

    private mutating func readQueue() -> Step? {
        let states: [QueueFilter.State] = [.owed, .answered, .all]
        var filter = QueueFilter(state: states[number(below: 3)])
        if number(below: 3) == 0 { filter.assignee = one(of: users).map { .user($0.id) } ?? .nobody }
        if number(below: 4) == 0 { filter.inbox = one(of: inboxes)?.id }
        let (asked, scope, limit) = (filter, scope(), number(below: 4) + 1)
        return Self.read("read the queue") { session in
            let first = try session.conversations.queue(asked, scope: scope, limit: limit, cursor: nil)
            guard let cursor = first.nextCursor else { return first.items }
            return first.items + (try session.conversations.queue(asked, scope: scope, limit: 100, cursor: cursor).items)
        }
    }

    private mutating func readSummary() -> Step? {
        guard let conversation = one(of: conversations) else { return nil }
        let scope = scope()
        return Self.read("read a summary") { try $0.conversations.summary(conversation.id, scope: scope) }
    }

    private mutating func countOwed() -> Step? {
        let (scope, maximum) = (scope(), number(below: 5) + 1)
        return Self.read("count what is owed") { try $0.conversations.owedCount(scope: scope, maximum: maximum) }
    }

    private mutating func searchWords() -> Step? {
        let words = text().split(separator: " ").prefix(2).joined(separator: " ")
        let query = String(words.prefix(number(below: 12) + 1))
        let (scope, limit) = (scope(), number(below: 6) + 1)
        return Self.read("search “\(query)”") { session in
            let first = try session.search.search(query, scope: scope, limit: limit, cursor: nil)
            guard let cursor = first.nextCursor else { return first.items }
            return first.items + (try session.search.search(query, scope: scope, limit: 50, cursor: cursor).items)
        }
    }

    private mutating func readMessages() -> Step? {
        guard let conversation = one(of: conversations)?.id else { return nil }
        let (position, limit) = (number(below: 6), number(below: 5) + 1)
        return Self.read("read messages") { session in
            let newest = try session.messages.messages(of: conversation, before: nil, limit: limit)
            let before = try session.messages.messages(of: conversation, before: position, limit: limit)
            let after = try session.messages.messages(of: conversation, after: position, limit: limit)
            let inbound = try session.messages.inbound(of: conversation, after: position, limit: limit).map(\.id)
            let last = try session.messages.lastInbound(of: conversation).map(\.id)
            return [
                newest.map { "\($0)" }, before.map { "\($0)" }, after.map(\.id.text), (inbound + [last].compactMap(\.self)).map(\.text),
            ]
        }
    }

    private mutating func findMessage() -> Step? {
        guard let inbox = one(of: inboxes), let message = one(of: messages) else { return nil }
        let id = "w\(number(below: 30))"
        return Self.read("find a message") { session in
            [try session.messages.message(providerID: id, in: inbox.id), try session.messages.message(message.id)]
        }
    }

    private mutating func findContact() -> Step? {
        guard let inbox = one(of: inboxes), let contact = one(of: contacts) else { return nil }
        let identities = [ProviderIdentity(.opaque, text()), ProviderIdentity(.businessScoped, text())] + contact.identities
        return Self.read("find a contact") { session in
            [try session.contacts.contact(in: inbox.id, anyOf: identities), try session.contacts.contact(contact.id)]
        }
    }

    private mutating func readObligation() -> Step? {
        guard let conversation = one(of: conversations), let obligation = one(of: obligations) else { return nil }
        return Self.read("read an obligation") { session in
            [try session.obligations.open(in: conversation.id), try session.obligations.obligation(obligation.id)]
        }
    }

    private mutating func readLedger() -> Step? {
        guard let workspace = one(of: workspaces) else { return nil }
        let (subject, after) = (text(), Int64(number(below: 5)))
        return Self.read("read the ledger") { session in
            try session.ledger.entries(of: workspace.id, after: after, limit: 4) + session.ledger.entries(about: subject, in: workspace.id)
        }
    }

    private mutating func readEvents() -> Step? {
        let after = Int64(number(below: 8))
        return Self.read("read events") { session in
            let bounds = try session.events.bounds()
            return try session.events.events(after: after, limit: 6).map(\.sequence) + [bounds?.first ?? -1, bounds?.last ?? -1]
        }
    }

    private mutating func readDeliveries() -> Step? {
        let (scope, now, limit) = (scope(), instant(), number(below: 5) + 1)
        return Self.read("read deliveries") { session in
            let next = try session.attempts.nextDueAt()
            return [try session.attempts.due(at: now, limit: limit), try session.attempts.due(at: next ?? now, limit: limit)]
                + [try session.attempts.sending(), try session.attempts.undecided(scope: scope, limit: limit)]
        }
    }

    private mutating func readPeople() -> Step? {
        guard let workspace = one(of: workspaces), let user = one(of: users) else { return nil }
        return Self.read("read people") { session in
            let members = try session.people.members(of: workspace.id)
            return [
                members.map(\.user.name), members.map(\.user.id.text), [try session.people.user(email: "uno@EXAMPLE.org")?.id.text ?? ""],
                try session.people.memberships(of: user.id).map(\.workspace.text),
                try session.people.preferences(of: user.id).map { $0.key + $0.value }, try session.workspaces.all().map(\.name),
            ]
        }
    }

    private mutating func readInboxes() -> Step? {
        let (scope, limit) = (scope(), number(below: 5) + 1)
        return Self.read("read inboxes") { session in
            let signs = try session.inboxes.lastSignsOfLife().map { "\($0.key) \($0.value.microseconds)" }.sorted()
            let quarantined = try session.rawEvents.quarantined(scope: scope, limit: limit).map { "\($0)" }
            let count = try session.rawEvents.quarantinedCount()
            return [signs, quarantined, ["\(count)"], try session.inboxes.inboxes(in: scope).map { "\($0)" }]
        }
    }

    private mutating func readCredentials() -> Step? {
        guard let token = one(of: tokens) else { return nil }
        return Self.read("read credentials") { session in
            [
                try session.credentials.session(tokenDigest: token).map { "\($0)" },
                try session.credentials.invitation(tokenDigest: token).map { "\($0)" },
            ]
        }
    }
}
