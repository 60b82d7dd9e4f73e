package import DeskCore

/// Gives an inbox that is connected already other settings, or another password. What it has received stays as it is.
package struct ChangeInbox: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Replaces settings and secrets. What the desk itself keeps there stays.
    /// - Throws: `not_found`.
    package func replace(_ id: Inbox.ID, settings: [String: String], secrets: [String: Secret]) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            guard let connection = try session.inboxes.connection(of: id) else { throw DeskError.nothingThere }
            var secrets = secrets
            secrets[Inbox.keyName] = connection.secrets[Inbox.keyName]
            try session.inboxes.updateSettings(of: connection.inbox, settings: settings)
            try session.inboxes.replaceSecrets(of: connection.inbox, secrets: secrets)
            let fact = LedgerFact(.inboxConnected, id.text, ["channel": connection.inbox.channel.rawValue, "again": "true"])
            try session.ledger.append(fact, in: connection.inbox.workspace, at: now)
        }
    }
}
