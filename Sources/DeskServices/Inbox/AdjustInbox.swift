package import DeskCore

/// Changes what a principal may choose of an inbox that is connected already.
package struct AdjustInbox: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Whether contacts are shown that somebody writes.
    /// - Throws: `not_found`; `out_of_grant` for whoever is not the principal.
    package func showTyping(_ isShown: Bool, in id: Inbox.ID, by user: User.ID) async throws {
        try await context.storage.write { session in
            guard let connection = try session.inboxes.connection(of: id) else { throw DeskError.nothingThere }
            try Authorization(session, at: context.time.now()).require(.administer, in: connection.inbox.workspace, of: user)
            var settings = connection.settings
            settings[InboxConnection.typingSetting] = isShown ? "on" : "off"
            try session.inboxes.updateSettings(of: connection.inbox, settings: settings)
        }
    }
}

extension InboxConnection {
    /// The setting's key; `on` or `off`, and off where there is none.
    package static let typingSetting = "typing_indicator"

    package var showsTyping: Bool { settings[Self.typingSetting] == "on" }
}
