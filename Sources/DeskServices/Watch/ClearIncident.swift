package import DeskCore

/// A person has seen that an inbox may have missed something, and says what was done about it.
package struct ClearIncident: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Parameter word: what was done, in 1 to 500 characters.
    /// - Throws: `not_found`; `invalid_request` without a word, or when it was cleared before.
    package func clear(_ id: Incident.ID, word: String, by user: User.ID) async throws -> Incident {
        let now = context.time.now()
        return try await context.storage.write { session in
            guard var incident = try session.incidents.incident(id) else { throw DeskError.nothingThere }
            try Authorization(session, at: now).require(.administer, in: incident.workspace, of: user)
            try incident.clear(by: user, word: word, at: now)
            try session.incidents.update(incident)
            let fact = LedgerFact(.incidentCleared, incident.id.text, ["by": user.text, "inbox": incident.inbox.text])
            try session.ledger.append(fact, in: incident.workspace, at: now)
            return incident
        }
    }
}
