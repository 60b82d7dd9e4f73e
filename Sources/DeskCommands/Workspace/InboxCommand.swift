import ArgumentParser
import ChannelKit
import DeskCore
import DeskServices

/// `contesta inbox`.
struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "Connect accounts of channels.", subcommands: [InboxAdd.self])
}

/// `contesta inbox add`.
struct InboxAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Connect an account of a channel; prints the inbox's id and the path of its webhook.",
        discussion: """
            whatsapp: phone_number_id, waba_id, api_base (default: Meta's), messages_per_second (80 unless Meta has granted the number \
            more), typing_indicator (on or off; on WhatsApp it marks messages as read, too); secrets: access_token, app_secret, verify_token.

            Secrets come on standard input, one KEY=VALUE a line, with --secrets-stdin.
            """)

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @Argument(help: "The channel: whatsapp.")
    var channel: String

    @Option(help: "What people call the inbox.")
    var name: String

    @Argument(help: ArgumentHelp("Settings of the channel, as KEY=VALUE.", valueName: "key=value"))
    var settings: [String] = []

    @Flag(help: "Read secrets from standard input.")
    var secretsStdin = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let inbox = try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            let values = try InboxValues(
                channel: ChannelName(rawValue: channel), settings: settings, secrets: secretsStdin ? SecretInput.pairs() : [:])
            return try await ConnectInbox(desk.context).connect(
                ConnectInbox.Request(
                    workspace: workspace.id, channel: values.channel, name: name, account: values.account, settings: values.settings,
                    secrets: values.secrets))
        }
        print(try Output.json(["inbox_id": inbox.id.text, "webhook_path": "/webhooks/\(inbox.id.text)"]))
    }
}

/// What connects an inbox, checked against what its channel asks for.
struct InboxValues {
    let channel: ChannelName
    let settings: [String: String]
    let secrets: [String: Secret]
    let account: String

    /// - Throws: `invalid_request` naming each setting that is missing, unknown or in the wrong place.
    init(channel: ChannelName, settings: [String], secrets: [String: Secret]) throws {
        guard let adapter = Desk.adapters[channel] else {
            let known = Desk.adapters.keys.map(\.rawValue).sorted().joined(separator: ", ")
            throw Self.refusal("There is no channel \"\(channel.rawValue)\". Known: \(known).")
        }
        var open = Self.defaults(of: adapter)
        var hidden = secrets
        for text in settings {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let setting = adapter.settings.first(where: { $0.key == parts[0] }) else {
                throw Self.refusal("\"\(parts[0])\" is no setting of \(channel.rawValue).")
            }
            guard !setting.isSecret else {
                throw Self.refusal("\(setting.key) is a secret: give it on standard input, with --secrets-stdin.")
            }
            open[setting.key] = parts[1]
        }
        for setting in adapter.settings where !setting.isSecret {
            if let value = hidden.removeValue(forKey: setting.key) { open[setting.key] = value.exposed() }
        }
        try Self.requireComplete(adapter, open, hidden)
        self.channel = channel
        self.settings = open
        self.secrets = hidden
        account = open[adapter.accountSetting] ?? ""
    }

    private static func defaults(of adapter: any ChannelAdapter) -> [String: String] {
        adapter.settings.reduce(into: [:]) { values, setting in
            if !setting.isSecret, let value = setting.defaultValue { values[setting.key] = value }
        }
    }

    private static func requireComplete(_ adapter: any ChannelAdapter, _ open: [String: String], _ hidden: [String: Secret]) throws {
        let missing = adapter.settings.filter { setting in
            setting.isRequired && (setting.isSecret ? hidden[setting.key]?.isEmpty ?? true : open[setting.key]?.isEmpty ?? true)
        }
        guard missing.isEmpty else {
            throw refusal("Still missing: \(missing.map { $0.isSecret ? "\($0.key) (secret)" : $0.key }.joined(separator: ", ")).")
        }
        let known = Set(adapter.settings.map(\.key))
        if let odd = hidden.keys.first(where: { !known.contains($0) }) { throw refusal("\"\(odd)\" is no secret of this channel.") }
    }

    private static func refusal(_ message: String) -> DeskError {
        DeskError(.invalidRequest, message: message + " The inbox was not connected.")
    }
}
