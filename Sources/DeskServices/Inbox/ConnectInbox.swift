package import DeskCore

/// Connects an account of a channel to a workspace.
package struct ConnectInbox: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    package struct Request: Sendable {
        package var workspace: Workspace.ID
        package var channel: ChannelName
        package var name: String
        /// The provider's id of the account.
        package var account: String
        package var settings: [String: String]
        package var secrets: [String: Secret]
        package var isSimulated: Bool

        package init(
            workspace: Workspace.ID, channel: ChannelName, name: String, account: String, settings: [String: String],
            secrets: [String: Secret], isSimulated: Bool = false
        ) {
            self.workspace = workspace
            self.channel = channel
            self.name = name
            self.account = account
            self.settings = settings
            self.secrets = secrets
            self.isSimulated = isSimulated
        }
    }

    package func connect(_ request: Request) async throws -> Inbox {
        let now = context.time.now()
        try PersonRules.require(name: request.name)
        let inbox = Inbox(
            id: context.identifiers.next(at: now), workspace: request.workspace, channel: request.channel, name: request.name,
            account: request.account, isSimulated: request.isSimulated)
        let secrets = request.secrets.merging([Inbox.keyName: Secret(context.chance.bytes(32).hexadecimal)]) { given, _ in given }
        try await context.storage.write { session in
            guard try session.workspaces.workspace(request.workspace) != nil else { throw DeskError.nothingThere }
            try session.inboxes.insert(inbox, settings: request.settings, secrets: secrets, at: now)
            let fact = LedgerFact(.inboxConnected, inbox.id.text, ["channel": inbox.channel.rawValue])
            try session.ledger.append(fact, in: request.workspace, at: now)
        }
        return inbox
    }
}
