import DeskCore
import Testing

@testable import MailTransport

/// Handing in a mail, and how sure one can be of how it ended.
@Suite struct SMTPSubmissionTests {
    private static let credentials = MailCredentials.password(user: "marta", password: Secret("panes"))
    private static let mail = OutgoingMail(
        sender: "marta@example.org", recipients: ["ana@example.net"], bytes: Array("Subject: a\r\n\r\n.\r\n..b\r\n".utf8), envelopeID: "e1")
    private static let hello = "250-mail.example.org\r\n250-SIZE 1000\r\n250-DSN\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n"
    private static let entered: [ScriptedServer.Turn] = [
        .init("EHLO desk.example.org", hello), .init("AUTH PLAIN AG1hcnRhAHBhbmVz", "235 2.7.0 in\r\n"),
    ]
    private static let addressed =
        entered + [
            .init("MAIL FROM:<marta@example.org> SIZE=22 RET=HDRS ENVID=e1", "250 2.1.0 ok\r\n"),
            .init("RCPT TO:<ana@example.net> NOTIFY=FAILURE,DELAY", "250 2.1.5 ok\r\n"), .init("DATA", "354 go on\r\n"),
        ]

    private static func submit(
        _ turns: [ScriptedServer.Turn], _ mail: OutgoingMail = mail, _ security: MailServer.Security = .tls
    ) async -> (SubmissionOutcome, ScriptedServer) {
        let server = ScriptedServer(greeting: "220 mail.example.org ESMTP\r\n", turns)
        let outcome = await SMTPSubmission.submit(
            mail, over: server, security, credentials, name: "desk.example.org", patience: .seconds(1))
        return (outcome, server)
    }

    @Test func aMailIsHandedInWithItsDotsAsTheyAre() async {
        let (outcome, server) = await Self.submit(Self.addressed + [.init(".", ""), .init("..", ""), .init(".", "250 2.0.0 queued\r\n")])
        #expect(outcome == .accepted(reply: "250 2.0.0 queued"))
        #expect(server.heard.suffix(6) == ["Subject: a", "", "..", "...b", ".", "QUIT"])
        #expect(server.isClosed)
    }

    /// What is said where, and what comes of it: 5xx is for good, 4xx for now.
    static let refusals: [(turns: [ScriptedServer.Turn], cause: SubmissionOutcome.Refusal.Cause, code: String, isTransient: Bool)] = [
        ([.init("EHLO", "554 5.3.2 go away\r\n")], .connection, "5.3.2", false),
        ([.init("EHLO", "421 4.3.2 later\r\n")], .connection, "4.3.2", true),
        ([entered[0], .init("AUTH", "535 5.7.8 wrong\r\n")], .credentials, "5.7.8", false),
        (entered + [.init("MAIL", "550 5.7.1 not you\r\n")], .sender, "5.7.1", false),
        (entered + [.init("MAIL", "250 ok\r\n"), .init("RCPT", "550 5.1.1 nobody\r\n")], .recipient, "5.1.1", false),
        (entered + [.init("MAIL", "250 ok\r\n"), .init("RCPT", "451 4.7.1 greylisted\r\n")], .recipient, "4.7.1", true),
        (entered + [.init("MAIL", "250 ok\r\n"), .init("RCPT", "450 busy\r\n")], .recipient, "450", true),
        (addressed + [.init("..", ""), .init(".", "552 5.3.4 too big\r\n")], .content, "5.3.4", false),
    ]

    @Test(arguments: refusals.indices)
    func aRefusalSaysWhatItIsAboutAndWhetherItIsForGood(index: Int) async {
        let (outcome, _) = await Self.submit(Self.refusals[index].turns)
        guard case .refused(let refusal) = outcome else {
            Issue.record("not refused: \(outcome)")
            return
        }
        #expect(refusal.cause == Self.refusals[index].cause)
        #expect(refusal.code == Self.refusals[index].code)
        #expect(refusal.isTransient == Self.refusals[index].isTransient)
    }

    @Test(arguments: [".", "Subject"])
    func whereTheConnectionEndsAfterTheContentNobodyCanTell(line: String) async {
        let (outcome, _) = await Self.submit(Self.addressed + [.init(line, "", isLast: true)])
        guard case .unknown = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func aServerThatFallsSilentAfterTheContentLeavesItOpen() async {
        let (outcome, _) = await Self.submit(Self.addressed + [.init("..", "")])
        guard case .unknown = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func whereItEndsBeforeTheContentTheServerHasNothing() async {
        for length in 0..<Self.addressed.count {
            let turns = Self.addressed.prefix(length) + [.init("", "", isLast: true)]
            let (outcome, _) = await Self.submit(Array(turns))
            guard case .refused(let refusal) = outcome else {
                Issue.record("\(length): \(outcome)")
                continue
            }
            #expect(refusal.cause == .connection)
            #expect(refusal.isTransient)
        }
    }

    @Test func ifOneRecipientIsRefusedNobodyGetsIt() async {
        let mail = OutgoingMail(sender: "marta@example.org", recipients: ["ana@example.net", "no@example.net"], bytes: [])
        let (outcome, server) = await Self.submit(
            Self.entered + [
                .init("MAIL", "250 ok\r\n"), .init("RCPT TO:<ana", "250 ok\r\n"), .init("RCPT TO:<no", "550 5.1.1 nobody\r\n"),
            ],
            mail)
        #expect(outcome != .accepted(reply: ""))
        #expect(!server.heard.contains("DATA"))
    }

    @Test func whatIsTooLargeIsNotEvenBegun() async {
        let mail = OutgoingMail(sender: "marta@example.org", recipients: ["ana@example.net"], bytes: Array(repeating: 65, count: 1_001))
        let (outcome, server) = await Self.submit(Self.entered, mail)
        guard case .refused(let refusal) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(refusal.cause == .content)
        #expect(!server.heard.contains { $0.hasPrefix("MAIL") })
    }

    @Test func noPasswordIsSaidBeforeTLS() async {
        let (stripped, server) = await Self.submit(
            [.init("EHLO", "250 mail.example.org\r\n"), .init("STARTTLS", "502 5.5.1 what?\r\n")], Self.mail, .startTLS)
        #expect(stripped != .accepted(reply: ""))
        #expect(server.heard == ["EHLO desk.example.org", "STARTTLS", "QUIT"])
        let (injected, second) = await Self.submit(
            [.init("EHLO", "250 mail.example.org\r\n"), .init("STARTTLS", "220 begin\r\n250 AUTH PLAIN\r\n")], Self.mail, .startTLS)
        #expect(injected != .accepted(reply: ""))
        #expect(second.heard == ["EHLO desk.example.org", "STARTTLS", "QUIT"])
    }

    @Test func abilitiesAreAskedForAgainUnderTLS() async {
        let turns: [ScriptedServer.Turn] = [.init("EHLO", "250-mail\r\n250 STARTTLS\r\n"), .init("STARTTLS", "220 begin\r\n")]
        let (outcome, server) = await Self.submit(
            turns + Self.addressed + [.init("..", ""), .init(".", "250 ok\r\n")], Self.mail, .startTLS)
        #expect(outcome == .accepted(reply: "250 ok"))
        #expect(server.isSecure)
    }

    @Test func nothingCanBeSlippedIntoACommand() async {
        let mail = OutgoingMail(sender: "marta@example.org", recipients: ["ana@example.net>\r\nRCPT TO:<eve@example.net"], bytes: [])
        let (outcome, server) = await Self.submit(Self.entered + [.init("MAIL", "250 ok\r\n")], mail)
        #expect(outcome != .accepted(reply: ""))
        #expect(!server.heard.contains { $0.contains("eve") })
    }

    @Test(arguments: ["hello\r\n", "99 x\r\n", "\r\n", "250-a\r\nxyz\r\n"])
    func whatIsNoReplyIsAFault(said: String) {
        var replies = SMTPReplies()
        replies.append(Array(said.utf8))
        #expect { while try replies.next() != nil {} } throws: { ($0 as? MailFault)?.kind == .garbled }
    }
}
