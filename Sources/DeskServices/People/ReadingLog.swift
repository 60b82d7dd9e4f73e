package import DeskCore

/// The reading log, for the principal.
package struct ReadingLog: Sendable {
    /// How far back notes look.
    package static let noted = Duration.hours(24 * 7)
    private static let mostNoted = 5_000
    private static let stretch = 500

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// The newest first.
    /// - Throws: `not_found`, `out_of_grant`.
    package func page(
        of workspace: Workspace.ID, _ filter: ReadingFilter, limit: Int, cursor: String?, for user: User.ID
    ) async throws -> Page<Reading> {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            return try session.readings.readings(in: workspace, filter, limit: limit, cursor: cursor)
        }
    }

    /// The last week, by the newest readings of it.
    package struct Week: Sendable {
        package struct Member: Sendable {
            package let member: User.ID
            /// Openings of conversations, and replies.
            package let opened: Int
            package let answered: Int
        }

        package let members: [Member]
        /// What is out of the ordinary. Principals read what is theirs: nothing is noted of them.
        package let notes: [ReadingNote]
    }

    /// - Throws: `not_found`, `out_of_grant`.
    package func week(of workspace: Workspace.ID, for user: User.ID) async throws -> Week {
        let now = context.time.now()
        return try await context.storage.read { [context] session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            guard let place = try session.workspaces.workspace(workspace) else { throw DeskError.nothingThere }
            let since = now - Self.noted
            let people = try session.people.members(of: workspace)
            let principals = Set(people.filter { $0.membership.role == .principal }.map(\.user.id))
            let readings = try Self.readings(of: workspace, since: since, session)
            let replies = try session.messages.replyCounts(in: workspace, since: since)
            let notes = ReadingNote.notes(
                on: readings.filter { !principals.contains($0.reader) }, replies: replies,
                hour: { Int(($0.unixSeconds + context.timeZones.offset(of: place.timeZone, at: $0)) / 3_600 % 24) })
            let members = people.map { person in
                Week.Member(
                    member: person.user.id, opened: readings.count { $0.reader == person.user.id && $0.seenBy == nil },
                    answered: replies[person.user.id] ?? 0)
            }
            return Week(members: members.filter { $0.opened + $0.answered > 0 }, notes: notes)
        }
    }

    private static func readings(of workspace: Workspace.ID, since: Instant, _ session: any StorageSession) throws -> [Reading] {
        var found: [Reading] = []
        var cursor: String?
        repeat {
            let page = try session.readings.readings(in: workspace, ReadingFilter(act: .opened), limit: stretch, cursor: cursor)
            found += page.items.filter { $0.at >= since }
            cursor = page.items.last.map { $0.at >= since } ?? false ? page.nextCursor : nil
        } while cursor != nil && found.count < mostNoted
        return found
    }
}
