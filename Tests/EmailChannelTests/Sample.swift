import ChannelKit
import DeskCore

@testable import EmailChannel

/// A mailbox for tests.
enum Sample {
    static let arrival = Instant(unixSeconds: 1_762_700_000)

    static func account(_ changes: [String: String] = [:], key: String = "k1") -> ChannelAccount {
        let least = ["address": "marta@laespiga.example", "imap_host": "localhost", "smtp_host": "localhost"]
        return ChannelAccount(
            channel: .email, settings: least.merging(changes) { $1 },
            secrets: ["password": Secret("tres panes"), Inbox.keyName: Secret(key)])
    }

    static func settings(_ changes: [String: String] = [:], key: String = "k1") throws -> MailboxSettings {
        try MailboxSettings(account(changes, key: key))
    }
}
