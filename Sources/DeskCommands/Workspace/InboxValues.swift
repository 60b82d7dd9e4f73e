import ChannelKit
import DeskCore
import DeskServices
import EmailChannel

/// What connects an inbox, checked against what its channel asks for.
struct InboxValues {
    let channel: ChannelName
    private(set) var settings: [String: String]
    private(set) var secrets: [String: Secret]
    private let asked: [ChannelSetting]
    private let accountSetting: String

    /// The provider's name of the account; an address is one however it is written.
    var account: String {
        let account = settings[accountSetting] ?? ""
        return channel == .email ? account.lowercased() : account
    }

    /// - Parameter given: as `KEY=VALUE`.
    /// - Throws: `invalid_request` naming each setting that is unknown or in the wrong place.
    init(channel: ChannelName, settings given: [String], secrets: [String: Secret]) throws {
        guard let adapter = Desk.adapters[channel] else {
            let known = Desk.adapters.keys.map(\.rawValue).sorted().joined(separator: ", ")
            throw Self.refusal("There is no channel \"\(channel.rawValue)\". Known: \(known).")
        }
        let asked = adapter.settings
        (self.channel, self.asked, self.secrets, settings) = (channel, asked, secrets, [:])
        accountSetting = adapter.accountSetting
        for text in given {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let setting = asked.first(where: { $0.key == parts[0] }) else {
                throw Self.refusal("\"\(parts[0])\" is no setting of \(channel.rawValue).")
            }
            guard !setting.isSecret else {
                throw Self.refusal("\(setting.key) is a secret: give it on standard input, with --secrets-stdin.")
            }
            settings[setting.key] = parts[1]
        }
        for setting in asked where !setting.isSecret {
            if let value = self.secrets.removeValue(forKey: setting.key) { settings[setting.key] = value.exposed() }
        }
        let known = Set(asked.map(\.key))
        if let odd = self.secrets.keys.first(where: { !known.contains($0) }) {
            throw Self.refusal("\"\(odd)\" is no secret of this channel.")
        }
    }

    /// The same with what an inbox has already, where nothing else was given. Of two ways into a mailbox the newer one stays.
    func over(_ connection: InboxConnection) -> InboxValues {
        var values = self
        values.settings = connection.settings.merging(settings) { $1 }.filter { !$0.value.isEmpty }
        values.secrets = connection.secrets.merging(secrets) { $1 }
        typealias Key = MailboxSettings.Key
        if secrets[Key.password] != nil { values.secrets[Key.refreshToken] = nil }
        if secrets[Key.refreshToken] != nil { values.secrets[Key.password] = nil }
        return values
    }

    /// With defaults, and with what can be found out of a mailbox.
    /// - Parameters:
    ///   - triesFirst: whether a mailbox must let in.
    ///   - keep: stores secrets that came in the place of others although the mailbox did not let in.
    /// - Throws: `invalid_request` naming each setting that is missing; `mail_server_refused`.
    func complete(
        through mailboxes: Mailboxes, triesFirst: Bool, keeping keep: (_ renewed: [String: Secret]) async throws -> Void = { _ in }
    ) async throws -> InboxValues {
        var values = self
        for setting in asked where !setting.isSecret && values.settings[setting.key] == nil {
            values.settings[setting.key] = setting.defaultValue
        }
        try values.requireComplete()
        guard channel == .email else { return values }
        let request = MailboxRequest(settings: values.settings, secrets: values.secrets)
        let detection = try MailboxDetection(settings: request.settings, secrets: request.secrets)
        values.settings = detection.known
        guard triesFirst || !detection.isCertain else { return values }
        switch await mailboxes.tryOut(request, telling: { _ in }) {
        case .letIn(let mailbox): (values.settings, values.secrets) = (mailbox.settings, mailbox.secrets)
        case .failed(let finding, let renewed):
            try await keep(renewed)
            throw DeskError(finding)
        }
        return values
    }

    private func requireComplete() throws {
        let missing = asked.filter { setting in
            setting.isRequired && (setting.isSecret ? secrets[setting.key]?.isEmpty ?? true : settings[setting.key]?.isEmpty ?? true)
        }
        guard missing.isEmpty else {
            let names = missing.map { $0.isSecret ? "\($0.key) (secret)" : $0.key }.joined(separator: ", ")
            throw Self.refusal("Still missing: \(names).")
        }
    }

    static func refusal(_ message: String) -> DeskError {
        DeskError(.invalidRequest, message: message + " The inbox was not connected or changed.")
    }
}

extension DeskError {
    /// A mailbox that did not let in.
    fileprivate init(_ finding: MailboxFinding) {
        let words = finding.problem?.rawValue.replacing("_", with: " ") ?? "it did not let in"
        let isTransient = [MailboxProblem.unreachable, .tooSlow, .refused, .notUnderstood].contains { $0 == finding.problem }
        self.init(
            .mailServerRefused, message: "\(finding.detail) (\(words)). The inbox was not connected or changed.", isTransient: isTransient)
    }
}
