import DeskCore
import Testing

@testable import MailTransport

/// A mailbox, spoken to over a script.
@Suite struct IMAPMailboxTests {
    private static let credentials = MailCredentials.password(user: "marta@example.org", password: Secret("tres \"panes\""))
    private static let signedIn: [ScriptedServer.Turn] = [
        .init("c1 CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nc1 OK\r\n"),
        .init("c2 AUTHENTICATE PLAIN AG1hcnRhQGV4YW1wbGUub3JnAHRyZXMgInBhbmVzIg==", "c2 OK in\r\n"),
        .init("c3 CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE CONDSTORE\r\nc3 OK\r\n"),
    ]

    private static func open(
        _ server: ScriptedServer, _ security: MailServer.Security = .tls, _ credentials: MailCredentials = credentials
    ) async throws(MailFault) -> IMAPMailbox {
        try await IMAPMailbox.open(server, security, credentials, patience: .seconds(1))
    }

    private static func mailbox(_ turns: [ScriptedServer.Turn], stride: Int = .max) async throws -> (IMAPMailbox, ScriptedServer) {
        let server = ScriptedServer(greeting: "* OK ready\r\n", stride: stride, signedIn + turns)
        return (try await open(server), server)
    }

    @Test func passwordsGoInOneWordWhereTheServerTakesThatAndQuotedOtherwise() async throws {
        let (mailbox, _) = try await Self.mailbox([])
        #expect(mailbox.capabilities == ["IMAP4REV1", "IDLE", "CONDSTORE"])

        let old = ScriptedServer(
            greeting: "* OK ready\r\n",
            [
                .init("c1 CAPABILITY", "* CAPABILITY IMAP4rev1\r\nc1 OK\r\n"),
                .init("c2 LOGIN \"marta@example.org\" \"tres \\\"panes\\\"\"", "c2 OK in\r\n"),
                .init("c3 CAPABILITY", "* CAPABILITY IMAP4rev1\r\nc3 OK\r\n"),
            ])
        #expect(try await Self.open(old).capabilities == ["IMAP4REV1"])

        let apart = ScriptedServer(
            greeting: "* OK ready\r\n",
            [
                .init("c1 CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nc1 OK\r\n"), .init("c2 AUTHENTICATE PLAIN", "+ \r\n"),
                .init("AG1hcnRhQ", "c2 OK in\r\n"), .init("c3 CAPABILITY", "* CAPABILITY IMAP4rev1\r\nc3 OK\r\n"),
            ])
        #expect(try await Self.open(apart).capabilities == ["IMAP4REV1"])
    }

    @Test func aRefusedTokenIsAnsweredWithNothingAndToldAsSuch() async throws {
        let server = ScriptedServer(
            greeting: "* OK ready\r\n",
            [
                .init("c1 CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR\r\nc1 OK\r\n"),
                .init("c2 AUTHENTICATE XOAUTH2 dXNlcj1hQGIBYXV0aD1CZWFyZXIgdAEB", "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n"),
                .init("", "c2 NO [AUTHENTICATIONFAILED] over\r\n"),
            ])
        let fault = await Self.fault { _ = try await Self.open(server, .tls, .bearer(user: "a@b", token: Secret("t"))) }
        #expect(fault?.kind == .unauthenticated)
        #expect(fault?.isTransient == false)
        #expect(server.heard.last?.isEmpty == true)
        #expect(server.isClosed)
    }

    @Test(arguments: [
        ("c2 NO [AUTHENTICATIONFAILED] no\r\n", MailFault.Kind.unauthenticated, false),
        ("c2 NO [UNAVAILABLE] later\r\n", .unauthenticated, true), ("* BYE too many\r\n", .disconnected, true),
    ])
    func whyNobodyComesInIsTold(answer: String, kind: MailFault.Kind, isTransient: Bool) async throws {
        let server = ScriptedServer(greeting: "* OK ready\r\n", [Self.signedIn[0], .init("c2 AUTHENTICATE", answer)])
        let fault = await Self.fault { _ = try await Self.open(server) }
        #expect(fault?.kind == kind)
        #expect(fault?.isTransient == isTransient)
    }

    @Test func noPasswordIsSaidBeforeTLS() async throws {
        let stripped = ScriptedServer(greeting: "* OK ready\r\n", [.init("c1 STARTTLS", "c1 BAD what?\r\n")])
        #expect(await Self.fault { _ = try await Self.open(stripped, .startTLS) }?.kind == .refused)
        #expect(stripped.heard == ["c1 STARTTLS"])

        let known = ScriptedServer(greeting: "* PREAUTH hello\r\n", [])
        #expect(await Self.fault { _ = try await Self.open(known, .startTLS) }?.kind == .insecure)
        #expect(known.heard.isEmpty)

        let disabled = ScriptedServer(
            greeting: "* OK ready\r\n", [.init("c1 CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS\r\nc1 OK\r\n")])
        #expect(await Self.fault { _ = try await Self.open(disabled, .plain) }?.kind == .insecure)
    }

    @Test func aServerElsewhereIsNotEvenConnectedToWithoutProtection() async throws {
        let elsewhere = MailServer(host: "mail.example.org", port: 143, security: .plain)
        #expect(await Self.fault { _ = try await ChannelConnection.open(to: elsewhere, within: .seconds(1)) }?.kind == .insecure)
    }

    @Test func wordsThatWereSlippedInBeforeTLSAreNotTakenForTheServers() async throws {
        let server = ScriptedServer(
            greeting: "* OK ready\r\n", [.init("c1 STARTTLS", "c1 OK begin\r\n* CAPABILITY IMAP4rev1\r\nc2 OK\r\n")])
        #expect(await Self.fault { _ = try await Self.open(server, .startTLS) }?.kind == .insecure)
        #expect(server.heard == ["c1 STARTTLS"])
    }

    @Test func aFolderIsOpenedWithWhatItsNumbersAreWorth() async throws {
        let (mailbox, server) = try await Self.mailbox([
            .init(
                "c4 EXAMINE \"A&AOk-\" (CONDSTORE)",
                "* 2 EXISTS\r\n* OK [UIDVALIDITY 9] ok\r\n* OK [UIDNEXT 8] ok\r\n* OK [HIGHESTMODSEQ 715194045007] ok\r\nc4 OK done\r\n"),
            .init("c5 EXAMINE", "* 2 EXISTS\r\nc5 OK done\r\n"), .init("c6 EXAMINE", "c6 NO [NONEXISTENT] none\r\n"),
        ])
        let folder = try await mailbox.open("Aé")
        #expect(folder == OpenedFolder(name: "Aé", validity: 9, next: 8, count: 2, highestChange: 715_194_045_007))
        #expect(await Self.fault { _ = try await mailbox.open("INBOX") }?.kind == .garbled)
        #expect(await Self.fault { _ = try await mailbox.open("Nada") }?.kind == .refused)
        #expect(server.rest.isEmpty)
    }

    @Test func theLastMailIsNotNewOnlyBecauseTheServerNamesIt() async throws {
        let (mailbox, _) = try await Self.mailbox([
            .init("c4 UID FETCH 8:*", "* 2 FETCH (UID 7 RFC822.SIZE 100 FLAGS ())\r\nc4 OK\r\n"),
            .init(
                "c5 UID FETCH 8:*",
                "* 4 FETCH (UID 11 RFC822.SIZE 5 FLAGS (\\Seen))\r\n* 3 FETCH (FLAGS () UID 9 RFC822.SIZE 4)\r\n* 9 EXISTS\r\nc5 OK\r\n"),
        ])
        #expect(try await mailbox.listings(after: 7).isEmpty)
        #expect(
            try await mailbox.listings(after: 7) == [
                MailListing(uid: 9, byteCount: 4, flags: []), MailListing(uid: 11, byteCount: 5, flags: ["\\Seen"]),
            ])
        #expect(try await mailbox.listings(after: .max).isEmpty)
    }

    @Test(arguments: [1, 5, .max])
    func mailsAreFetchedWhateverTheyHold(stride: Int) async throws {
        let body = "Subject: {3}\r\n\r\n)\r\nc4 OK done\r\n* BYE\r\n"
        let (mailbox, server) = try await Self.mailbox(
            [
                .init(
                    "c4 UID FETCH 3,9 (UID FLAGS INTERNALDATE BODY.PEEK[])",
                    "* 1 FETCH (UID 3 FLAGS (\\Recent) INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" BODY[] {\(body.utf8.count)}\r\n\(body))\r\n"
                        + "* 2 FETCH (UID 9 FLAGS () BODY[] \"short\")\r\nc4 OK\r\n")
            ], stride: stride)
        let mails = try await mailbox.mails([3, 9])
        #expect(mails.map(\.bytes) == [Array(body.utf8), Array("short".utf8)])
        #expect(mails.map(\.arrival) == ["01-Jan-2026 00:00:00 +0000", nil])
        #expect(server.heard.last?.contains("BODY.PEEK[]") == true)
    }

    @Test func aConnectionThatEndsInTheMiddleOfAMailGivesNone() async throws {
        let (mailbox, _) = try await Self.mailbox([
            .init("c4 UID FETCH", "* 1 FETCH (UID 3 BODY[] {4000}\r\nSubject: cut o", isLast: true)
        ])
        #expect(await Self.fault { _ = try await mailbox.mails([3]) }?.kind == .disconnected)
    }

    @Test func aServerThatSaysNothingIsNotWaitedForForEver() async throws {
        let (mailbox, _) = try await Self.mailbox([.init("c4 UID FETCH", "")])
        #expect(await Self.fault { _ = try await mailbox.mails([3]) }?.kind == .timedOut)
    }

    @Test(arguments: [
        ("+ idling\r\n* 5 EXISTS\r\n", true), ("+ idling\r\n* OK still here\r\n", false), ("+ idling\r\n", false), ("", false),
    ])
    func newsEndTheWaitAndSoDoesTime(said: String, isNews: Bool) async throws {
        let (mailbox, server) = try await Self.mailbox([.init("c4 IDLE", said), .init("DONE", "c4 OK done\r\n")])
        #expect(try await mailbox.news(within: .seconds(1)) == isNews)
        #expect(server.rest.isEmpty)
    }

    @Test func aMailIsLaidIntoAFolderInOneGo() async throws {
        let (mailbox, server) = try await Self.mailbox([
            .init("c4 APPEND \"Enviados\" (\\Seen) {13}", "+ go on\r\n"), .init("Subject: a", ""),
            .init("", "c4 OK [APPENDUID 9 12] done\r\n"),
        ])
        try await mailbox.append(Array("Subject: a\r\n\r".utf8), to: "Enviados")
        #expect(server.rest.isEmpty)
    }

    @Test func nothingCanBeSlippedIntoACommand() async throws {
        let (mailbox, server) = try await Self.mailbox([])
        #expect(await Self.fault { _ = try await mailbox.find(messageID: "<a>\r\nc9 DELETE INBOX") }?.kind == .garbled)
        #expect(!server.heard.contains { $0.contains("DELETE") })
    }

    private static func fault(_ body: () async throws -> Void) async -> MailFault? {
        do {
            try await body()
            return nil
        } catch {
            return error as? MailFault
        }
    }
}
