package import DeskCore

/// Gives out what is kept of contacts (GDPR articles 15 and 20): who they are, what was said, when, by whom, and what became of it.
package struct ExportData: Sendable {
    private static let stretch = 500

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// One contact with everything that is kept of them.
    package struct ContactRecord: Sendable {
        package let place: ContactPlace
        package let inbox: Inbox?
        /// In the order in which they began.
        package let conversations: [Conversation]
        package let messages: [Message]
        package let commitments: [Commitment]
        /// Names of those who answered.
        package let authors: [User.ID: String]
    }

    /// One contact, for a member; it stands in the ledger, and in the reading log.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant` without the grant to export.
    package func contact(in id: Conversation.ID, for reader: Reader) async throws -> ContactRecord {
        let now = context.time.now()
        let record = try await context.storage.read { session in
            let authorization = Authorization(session, at: now)
            let conversation = try authorization.conversation(id, for: .export, by: reader.user)
            guard let place = try session.data.contact(conversation.contact) else { throw DeskError.nothingThere }
            let record = try Self.record(of: place, session)
            return try authorization.isMasked(conversation, for: reader.user) ? record.masked : record
        }
        let workspace = record.place.contact.workspace
        try await RecordReading(context).took(.exported, "contact", of: id, in: workspace, by: reader)
        try await context.storage.write { session in
            let fact = LedgerFact(.contactExported, record.place.contact.id.text, ["by": reader.user.text])
            try session.ledger.append(fact, in: workspace, at: now)
        }
        return record
    }

    /// Every contact of a workspace, one after the other, for whoever runs the machine.
    /// - Parameter body: gets one at a time, so that a big desk fits.
    /// - Returns: how many there were.
    package func everybody(in workspace: Workspace.ID, _ body: (ContactRecord) async throws -> Void) async throws -> Int {
        var count = 0
        var last: Contact.ID?
        while true {
            let after = last
            let places = try await context.storage.read { try $0.data.contacts(in: workspace, after: after, limit: Self.stretch) }
            for place in places { try await body(try await context.storage.read { try Self.record(of: place, $0) }) }
            count += places.count
            guard places.count == Self.stretch, let end = places.last else { return count }
            last = end.contact.id
        }
    }

    private static func record(of place: ContactPlace, _ session: any StorageSession) throws -> ContactRecord {
        let conversations = try place.conversations.compactMap { try session.conversations.conversation($0) }
        let messages = try conversations.flatMap { try allMessages(of: $0.id, session) }
        let authors = try Set(messages.compactMap(\.author)).reduce(into: [User.ID: String]()) { names, id in
            names[id] = try session.people.user(id)?.name
        }
        return ContactRecord(
            place: place, inbox: try session.inboxes.inbox(place.inbox), conversations: conversations, messages: messages,
            commitments: try conversations.flatMap { try session.commitments.owed(in: $0.id) }, authors: authors)
    }

    private static func allMessages(of conversation: Conversation.ID, _ session: any StorageSession) throws -> [Message] {
        var all: [Message] = []
        while true {
            let next = try session.messages.messages(of: conversation, after: all.last?.position ?? 0, limit: stretch)
            all += next
            if next.count < stretch { return all }
        }
    }
}

extension ExportData.ContactRecord {
    /// For those to whom numbers and addresses are covered.
    fileprivate var masked: ExportData.ContactRecord {
        ExportData.ContactRecord(
            place: ContactPlace(contact: place.contact.masked, inbox: place.inbox, conversations: place.conversations), inbox: inbox,
            conversations: conversations, messages: messages.map(\.masked), commitments: commitments.map(\.masked), authors: authors)
    }
}
