import ArgumentParser
import ChannelKit
import DeskCore
import DeskServices

/// `contesta inbox`.
struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "Connect accounts of channels.", subcommands: [InboxAdd.self, InboxChange.self])

    static let settings = """
        whatsapp: phone_number_id, waba_id, api_base (default: Meta's), messages_per_second (80 unless Meta has granted the number \
        more), typing_indicator (on or off; on WhatsApp it marks messages as read, too); secrets: access_token, app_secret, verify_token.

        email: address; what else is left out is known of the provider, or looked for: imap_host, imap_port, imap_security (tls, \
        starttls, or none for a server on this machine), the same for smtp, username, certificate_authority (PEM text), sender_name, \
        signature, folders, sent_folder, history_days, sent_copy, mark_answered, look_seconds, trusted_server; secret: password. Or, without a \
        password, oauth_token_url, oauth_client_id; secrets: oauth_client_secret, oauth_refresh_token.

        Secrets come on standard input, one KEY=VALUE a line, with --secrets-stdin.
        """
}

/// `contesta inbox add`.
struct InboxAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Connect an account of a channel; prints the inbox's id and the path of its webhook.",
        discussion: InboxCommand.settings)

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @Argument(help: "The channel: whatsapp or email.")
    var channel: String

    @Option(help: "What people call the inbox.")
    var name: String

    @Argument(help: ArgumentHelp("Settings of the channel, as KEY=VALUE.", valueName: "key=value"))
    var settings: [String] = []

    @Flag(help: "Read secrets from standard input.")
    var secretsStdin = false

    @Flag(name: .customLong("try"), help: "Sign in to a mailbox first, and store nothing if it does not let in.")
    var triesFirst = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let inbox = try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            let channel = ChannelName(rawValue: channel)
            let given = try InboxValues(channel: channel, settings: settings, secrets: secretsStdin ? SecretInput.pairs() : [:])
            let values = try await given.complete(through: desk.mailboxes, triesFirst: triesFirst)
            return try await ConnectInbox(desk.context).connect(
                ConnectInbox.Request(
                    workspace: workspace.id, channel: channel, name: name, account: values.account, settings: values.settings,
                    secrets: values.secrets))
        }
        print(try Output.json(["inbox_id": inbox.id.text, "webhook_path": "/webhooks/\(inbox.id.text)"]))
    }
}

/// `contesta inbox change`.
struct InboxChange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Give an inbox other settings, or a new password. What is not named stays; KEY= takes it away.",
        discussion: InboxCommand.settings)

    @Argument(help: "The inbox's id.")
    var inbox: String

    @Argument(help: ArgumentHelp("Settings to change, as KEY=VALUE.", valueName: "key=value"))
    var settings: [String] = []

    @Flag(help: "Read secrets from standard input.")
    var secretsStdin = false

    @Flag(name: .customLong("try"), help: "Sign in to a mailbox first, and change nothing if it does not let in.")
    var triesFirst = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let id = Inbox.ID(inbox)
        try await store.withDesk { desk in
            guard let connection = try await desk.context.storage.read({ try $0.inboxes.connection(of: id) }) else {
                throw DeskError(.notFound, message: "There is no inbox \(inbox) in this data folder. Nothing was changed.")
            }
            let given = try InboxValues(
                channel: connection.inbox.channel, settings: settings, secrets: secretsStdin ? SecretInput.pairs() : [:])
            let values = try await given.over(connection).complete(through: desk.mailboxes, triesFirst: triesFirst) { renewed in
                for (name, next) in renewed {
                    guard let old = connection.secrets[name] else { continue }
                    try await RenewSecret(desk.context.storage).keep(next, inPlaceOf: old, as: name)
                }
            }
            guard values.account.isEmpty || values.account == connection.inbox.account else {
                throw InboxValues.refusal("An inbox stays the account that it is: connect the other one beside it.")
            }
            try await ChangeInbox(desk.context).replace(id, settings: values.settings, secrets: values.secrets)
        }
        print(try Output.json(["inbox_id": id.text]))
    }
}
