package import DeskCore

/// Connects a mailbox that was tried; one that is connected already gets its new settings and password.
package struct ConnectMailbox: Sendable {
    /// Trials of one person within the span: each is a sign-in at somebody's server, which counts wrong ones.
    package static let allowedTrials = 20

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Counts a trial.
    /// - Throws: `out_of_grant` for whoever is not the principal; `too_many_attempts` (transient).
    package func admitTrial(by user: User.ID, in workspace: Workspace.ID) async throws {
        let now = context.time.now()
        let key = "mailbox:\(user.text)"
        try await context.storage.write { session in
            try Authorization(session, at: now).require(.administer, in: workspace, of: user)
            guard try session.credentials.failures(of: key, since: now - SignIn.failureSpan) < Self.allowedTrials else {
                throw SignIn.tooMany
            }
            try session.credentials.recordFailure(of: key, at: now)
        }
    }

    /// - Throws: `invalid_request` for a name that is none.
    package func connect(_ mailbox: TriedMailbox, named name: String, in workspace: Workspace.ID) async throws -> Inbox {
        let account = (mailbox.settings["address"] ?? "").lowercased()
        let known = try await context.storage.read { session in
            try session.inboxes.all().first { $0.workspace == workspace && $0.channel == .email && $0.account == account }
        }
        if let known {
            try await ChangeInbox(context).replace(known.id, settings: mailbox.settings, secrets: mailbox.secrets)
            return known
        }
        return try await ConnectInbox(context).connect(
            ConnectInbox.Request(
                workspace: workspace, channel: .email, name: name, account: account, settings: mailbox.settings,
                secrets: mailbox.secrets))
    }
}
