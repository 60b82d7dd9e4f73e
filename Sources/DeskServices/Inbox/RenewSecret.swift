package import DeskCore

/// Keeps a secret that a provider gave in the place of another, which may be worth nothing from then on.
package struct RenewSecret: Sendable {
    private let storage: any Storage

    package init(_ storage: any Storage) { self.storage = storage }

    /// Wherever the old one is.
    /// - Parameter name: what the secret is called.
    package func keep(_ next: Secret, inPlaceOf old: Secret, as name: String) async throws {
        try await storage.write { session in
            for inbox in try session.inboxes.all() {
                guard let connection = try session.inboxes.connection(of: inbox.id), connection.secrets[name] == old else { continue }
                try session.inboxes.replaceSecrets(of: inbox, secrets: connection.secrets.merging([name: next]) { $1 })
            }
        }
    }
}
