package import DeskCore

/// Erases a contact with everything that was said (GDPR article 17, LGPD article 18 VI): rows, words of the index, raw events, files, and the
/// keys under which they were sealed, so that no copy without a newer key can be read. The ledger stays provable: it holds ids, times and
/// salted commitments only, and the salts go.
package struct EraseContact: Sendable {
    private static let stretch = 500
    /// Shorter values are found by chance.
    private static let shortestTrace = 6

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
        let (place, files) = try await context.storage.read { session in
            let place = try Self.place(id, session)
            if case .request(let user) = cause {
                try Authorization(session, at: now).require(.govern, in: place.contact.workspace, of: user)
            }
            return (place, try Self.files(of: place, session))
        }
        let events = try await events(that: place)
        try await context.storage.write { session in
            try Self.requireRest(of: place, session)
            try session.data.erase(place)
            try session.data.removeEvents(events, in: place.contact.workspace, at: now)
            let fact = LedgerFact(.contactErased, id.text, cause.details)
            try session.ledger.append(fact, in: place.contact.workspace, at: now)
            if let conversation = place.conversation {
                try session.events.append(
                    DeskEvent(workspace: place.contact.workspace, kind: .sightChanged, conversation: conversation, at: now))
            }
        }
        try await remove(files)
    }

    private static func place(_ id: Contact.ID, _ session: any StorageSession) throws -> ContactPlace {
        guard let place = try session.data.contact(id) else { throw DeskError.nothingThere }
        return place
    }

    private static func requireRest(of place: ContactPlace, _ session: any StorageSession) throws {
        let isOnItsWay = try session.attempts.inFlight().contains { $0.conversation == place.conversation }
        guard !isOnItsWay else {
            throw DeskError(
                .invalidRequest, message: "A reply to this contact is on its way. Nothing was erased; undo it, or wait until it has gone.")
        }
    }

    private static func files(of place: ContactPlace, _ session: any StorageSession) throws -> Set<String> {
        guard let conversation = place.conversation else { return [] }
        var files: Set<String> = []
        var last = 0
        while true {
            let messages = try session.messages.messages(of: conversation, after: last, limit: stretch)
            files.formUnion(messages.flatMap { $0.content.attachments.compactMap(\.blob) })
            guard messages.count == stretch, let end = messages.last?.position else { return files }
            last = end
        }
    }

    /// Raw events in which the contact is named. What came with it in the same request of the provider goes too; its meaning stays.
    private func events(that place: ContactPlace) async throws -> [RawEvent.ID] {
        let traces = place.contact.identities.map(\.value).filter { $0.utf8.count >= Self.shortestTrace }.map { Array($0.utf8) }
        var found: [RawEvent.ID] = []
        var last: RawEvent.ID?
        while true {
            let after = last
            let events = try await context.storage.read {
                try $0.data.understoodEvents(of: place.inbox, after: after, limit: Self.stretch)
            }
            found += events.filter { event in traces.contains { event.body.contains($0) } }.map(\.id)
            guard events.count == Self.stretch, let end = events.last else { return found }
            last = end.id
        }
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
            files.formUnion(messages.flatMap { $0.content.attachments.compactMap(\.blob) })
            guard messages.count == Self.stretch, let end = messages.last else { return files }
            last = end.id
        }
    }
}
