package import DeskCore
import Logging

/// Whose eyes see something, and by which way.
package struct Reader: Hashable, Sendable {
    package let user: User.ID
    /// The principal who looks with the reader's eyes.
    package let seenBy: User.ID?
    package let way: Reading.Way

    package init(_ user: User.ID, seenBy: User.ID? = nil, by way: Reading.Way) {
        self.user = user
        self.seenBy = seenBy
        self.way = way
    }
}

/// Writes down who saw what (promise P5), before it is shown: what can't be written down is not shown, but to the principal, whose it is.
package struct RecordReading: Sendable {
    /// Looking again at the same conversation, or at the list, within this time is the same reading.
    package static let sameReading = Duration.minutes(5)
    package static let sameList = Duration.minutes(15)
    /// For how long a conversation stays uncovered to whom it was revealed.
    package static let revealed = Duration.minutes(15)
    package static let longestReason = 300

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// The reader sees lists of these workspaces' conversations.
    /// - Throws: `storage_unavailable`.
    package func listed(_ workspaces: [Workspace.ID], by reader: Reader) async throws {
        try await record(workspaces.map { Fact(workspace: $0, act: .listed, isSameWithin: Self.sameList) }, by: reader)
    }

    /// - Throws: `storage_unavailable`.
    package func opened(_ conversation: Conversation.ID, in workspace: Workspace.ID, by reader: Reader) async throws {
        let fact = Fact(workspace: workspace, act: .opened, conversation: conversation, isSameWithin: Self.sameReading)
        try await record([fact], by: reader)
    }

    /// - Throws: `storage_unavailable`.
    package func searched(_ words: String, in workspaces: [Workspace.ID], by reader: Reader) async throws {
        try await record(workspaces.map { Fact(workspace: $0, act: .searched, details: ["words": words]) }, by: reader)
    }

    /// - Parameter what: names the file or the export.
    /// - Throws: `storage_unavailable`.
    package func took(
        _ act: Reading.Act, _ what: String, of conversation: Conversation.ID?, in workspace: Workspace.ID, by reader: Reader
    ) async throws {
        try await record([Fact(workspace: workspace, act: act, conversation: conversation, details: ["what": what])], by: reader)
    }

    /// Uncovers one conversation's numbers and addresses to the reader for a while.
    /// - Parameter reason: why, in the reader's own words; the principal reads it.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`; `invalid_request` without a reason.
    package func reveal(_ id: Conversation.ID, reason: String, by reader: Reader) async throws {
        guard reason.contains(where: { $0.isLetter }), reason.count <= Self.longestReason else {
            throw DeskError(
                .invalidRequest, message: "Revealing needs a reason of 1 to \(Self.longestReason) characters. Nothing was shown.")
        }
        let now = context.time.now()
        try await context.storage.write { [context] session in
            let conversation = try Authorization(session, at: now).conversation(id, for: .reveal, by: reader.user)
            let fact = Fact(workspace: conversation.workspace, act: .revealed, conversation: id, details: ["reason": reason])
            try session.readings.insert(fact.reading(by: reader, context, at: now))
            try session.events.append(
                DeskEvent(workspace: conversation.workspace, kind: .conversationChanged, conversation: id, at: now))
        }
    }

    private struct Fact: Sendable {
        let workspace: Workspace.ID
        let act: Reading.Act
        var conversation: Conversation.ID?
        var details: [String: String] = [:]
        var isSameWithin: Duration?

        func reading(by reader: Reader, _ context: DeskContext, at now: Instant) -> Reading {
            Reading(
                id: context.identifiers.next(at: now), workspace: workspace, reader: reader.user, seenBy: reader.seenBy, act: act,
                way: reader.way, conversation: conversation, details: details, at: now)
        }

        /// What the same reader saw a moment ago is looked up first: most readings of a busy hour are repetitions, and cost no write.
        func isKnown(to session: any StorageSession, _ reader: Reader, at now: Instant) throws -> Bool {
            guard let isSameWithin, reader.seenBy == nil else { return false }
            return try session.readings.latest(
                act, of: conversation, by: reader.user, in: workspace, since: now - isSameWithin) != nil
        }
    }

    private func record(_ facts: [Fact], by reader: Reader) async throws {
        let now = context.time.now()
        do {
            let news = try await context.storage.read { session in try facts.filter { try !$0.isKnown(to: session, reader, at: now) } }
            guard !news.isEmpty else { return }
            try await context.storage.write { [context] session in
                for fact in news { try session.readings.insert(fact.reading(by: reader, context, at: now)) }
            }
        } catch let error as DeskError where error.isTransient {
            guard try await isPrincipal(reader, of: facts.map(\.workspace)) else { throw error }
            context.logger.warning("a reading of the principal's could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    private func isPrincipal(_ reader: Reader, of workspaces: [Workspace.ID]) async throws -> Bool {
        try await context.storage.read { session in
            let own = try session.people.memberships(of: reader.user).filter { $0.role == .principal }.map(\.workspace)
            return workspaces.allSatisfy(own.contains)
        }
    }
}
