import ChannelKit
import DeskCore
import MailTransport
import Testing

@testable import EmailChannel

/// What an operator sets of a mailbox.
@Suite struct MailboxSettingsTests {
    private static let least = [
        "address": "marta@laespiga.example", "imap_host": "imap.laespiga.example", "smtp_host": "smtp.laespiga.example",
    ]

    private static func settings(
        _ changes: [String: String] = [:], secrets: [String: String] = ["password": "tres panes"]
    ) throws -> MailboxSettings {
        try MailboxSettings(
            ChannelAccount(
                channel: .email, settings: least.merging(changes) { $1 }, secrets: secrets.mapValues { Secret($0) }))
    }

    @Test func whatIsLeftOutIsWhatMostMailboxesNeed() throws {
        let settings = try Self.settings()
        #expect(settings.imap == MailServer(host: "imap.laespiga.example", port: 993, security: .tls))
        #expect(settings.smtp == MailServer(host: "smtp.laespiga.example", port: 465, security: .tls))
        #expect(settings.username == "marta@laespiga.example")
        #expect(settings.folders == ["INBOX"])
        #expect(settings.historyDays == 30)
        #expect(settings.laysSentCopies)
    }

    @Test func withStartTLSThePortsAreTheUsualOnes() throws {
        let settings = try Self.settings(["imap_security": "starttls", "smtp_security": "starttls"])
        #expect([settings.imap.port, settings.smtp.port] == [143, 587])
    }

    @Test(arguments: [
        (["address": "marta"], "address"), (["imap_host": " "], "imap_host"), (["smtp_port": "70000"], "smtp_port"),
        (["imap_port": "a"], "imap_port"), (["imap_security": "ssl"], "imap_security"),
    ])
    func whatIsWrongIsNamed(changes: [String: String], key: String) {
        let error = #expect(throws: DeskError.self) { try Self.settings(changes) }
        #expect(error?.message.contains("“\(key)”") == true)
    }

    @Test func withoutProtectionOnlyThisMachineIsSpokenTo() throws {
        #expect(throws: DeskError.self) { try Self.settings(["imap_security": "none"]) }
        #expect(try Self.settings(["imap_security": "none", "imap_host": "127.0.0.1"]).imap.port == 143)
    }

    @Test func withoutAPasswordARefreshTokenOpensTheMailbox() throws {
        let grant = ["oauth_token_url": "https://login.example/token", "oauth_client_id": "desk"]
        guard case .authorization(let found) = try Self.settings(grant, secrets: ["oauth_refresh_token": "r"]).access else {
            Issue.record("no grant was found")
            return
        }
        #expect(found.refreshToken == Secret("r"))
        #expect(throws: DeskError.self) { try Self.settings(secrets: [:]) }
    }
}
