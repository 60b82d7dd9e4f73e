package import DeskCore

/// Erases a contact with everything that was said (GDPR article 17, LGPD article 18 VI): rows, words of the index, raw events, files, and the
/// keys under which they were sealed, so that no copy without a newer key can be read. The ledger stays provable: it holds ids, times and
/// salted commitments only, and the salts go.
package struct EraseContact: Sendable {
    private static let stretch = 500

    private let context: DeskContext
    private let blobs: any BlobStoring

    package init(_ context: DeskContext, blobs: any BlobStoring) {
        self.context = context
        self.blobs = blobs
    }

    /// Why somebody is erased; part of the ledger.
    package enum Cause: Sendable {
        /// Somebody asked for it.
        case request(by: User.ID)
        /// Whoever runs the machine.
        case operatorRequest
        /// The workspace keeps nothing longer.
        case retention

        fileprivate var details: [String: String] {
            switch self {
            case .request(let user): ["by": user.text, "cause": "request"]
            case .operatorRequest: ["cause": "operator"]
            case .retention: ["cause": "retention"]
            }
        }
    }

    /// - Throws: `not_found`; `out_of_grant` for anybody but the principal; `invalid_request` while a reply is on its way.
    package func erase(_ id: Contact.ID, for cause: Cause) async throws {
        let now = context.time.now()
        let place = try await context.storage.read { session in
            let place = try Self.place(id, session)
            if case .request(let user) = cause {
                try Authorization(session, at: now).require(.govern, in: place.contact.workspace, of: user)
            }
            return place
        }
        try await erase([place], for: cause)
    }

    /// Erases several, for whom raw events and files are gone through once.
    /// - Throws: as for one. Whoever comes before that one is erased then.
    func erase(_ places: [ContactPlace], for cause: Cause) async throws {
        let trails = try await trails(of: places)
        var files: Set<String> = []
        let ended: Result<Void, any Error>
        do {
            for place in places { files.formUnion(try await erase(place, with: trails[place.contact.id] ?? Trail(), for: cause)) }
            ended = .success(())
        } catch {
            ended = .failure(error)
        }
        try await remove(files)
        try ended.get()
    }

    /// What was received of a contact.
    private struct Trail: Sendable {
        var events: [RawEvent.ID] = []
        var files: Set<String> = []
    }

    /// - Returns: the files that its messages and events named.
    private func erase(_ place: ContactPlace, with trail: Trail, for cause: Cause) async throws -> Set<String> {
        let now = context.time.now()
        let workspace = place.contact.workspace
        return try await context.storage.write { session in
            try Self.requireRest(of: place, session)
            let files = try Self.files(of: place, session).union(trail.files)
            try session.data.erase(place)
            try session.data.removeEvents(trail.events, in: workspace, at: now)
            try session.ledger.append(LedgerFact(.contactErased, place.contact.id.text, cause.details), in: workspace, at: now)
            for conversation in place.conversations {
                try session.events.append(
                    DeskEvent(workspace: workspace, kind: .sightChanged, conversation: conversation, at: now))
            }
            return files
        }
    }

    private static func place(_ id: Contact.ID, _ session: any StorageSession) throws -> ContactPlace {
        guard let place = try session.data.contact(id) else { throw DeskError.nothingThere }
        return place
    }

    private static func requireRest(of place: ContactPlace, _ session: any StorageSession) throws {
        let isOnItsWay = try session.attempts.inFlight().contains { place.conversations.contains($0.conversation) }
        guard !isOnItsWay else {
            throw DeskError(
                .invalidRequest, message: "A reply to this contact is on its way. Nothing was erased; undo it, or wait until it has gone.")
        }
    }

    private static func files(of place: ContactPlace, _ session: any StorageSession) throws -> Set<String> {
        try place.conversations.reduce(into: []) { try $0.formUnion(files(of: $1, session)) }
    }

    private static func files(of conversation: Conversation.ID, _ session: any StorageSession) throws -> Set<String> {
        var files: Set<String> = []
        var last = 0
        while true {
            let messages = try session.messages.messages(of: conversation, after: last, limit: stretch)
            files.formUnion(messages.flatMap { $0.content.storedFiles })
            guard messages.count == stretch, let end = messages.last?.position else { return files }
            last = end
        }
    }

    /// Raw events in which a contact is named. What came with it in the same request of the provider goes too; its meaning stays.
    private func trails(of places: [ContactPlace]) async throws -> [Contact.ID: Trail] {
        var found: [Contact.ID: Trail] = [:]
        for (inbox, neighbours) in Dictionary(grouping: places, by: \.inbox) {
            let traces = ContactTraces(of: neighbours.map(\.contact))
            let channel = try await context.storage.read { try $0.inboxes.inbox(inbox)?.channel }
            var last: RawEvent.ID?
            while true {
                let after = last
                let events = try await context.storage.read {
                    try $0.data.understoodEvents(of: inbox, after: after, limit: Self.stretch)
                }
                for event in events {
                    let files = channel.map { context.collection.files(in: event.body, on: $0) } ?? []
                    for contact in traces.contacts(in: event.body) {
                        found[contact, default: Trail()].events.append(event.id)
                        found[contact, default: Trail()].files.formUnion(files)
                    }
                }
                guard events.count == Self.stretch, let end = events.last else { break }
                last = end.id
            }
        }
        return found
    }

    /// Files that no other message names. Should the program end here, what is left can't be opened: its digest is gone.
    private func remove(_ files: Set<String>) async throws {
        guard !files.isEmpty else { return }
        for blob in files.subtracting(try await filesInUse()) { try await blobs.remove(blob) }
    }

    private func filesInUse() async throws -> Set<String> {
        var files: Set<String> = []
        var last: Message.ID?
        while true {
            let after = last
            let messages = try await context.storage.read { try $0.operations.messages(after: after, limit: Self.stretch) }
            files.formUnion(messages.flatMap { $0.content.storedFiles })
            guard messages.count == Self.stretch, let end = messages.last else { return files }
            last = end.id
        }
    }
}
