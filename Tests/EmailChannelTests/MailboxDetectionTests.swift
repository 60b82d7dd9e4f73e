import DeskCore
import MailTransport
import Testing

@testable import EmailChannel

/// What connects a mailbox when most of it was left out.
@Suite struct MailboxDetectionTests {
    private static let password = ["password": Secret("tres panes")]

    @Test func aKnownProvidersMailboxNeedsItsAddressAlone() throws {
        let detection = try MailboxDetection(settings: ["address": "ana@gmail.com"], secrets: Self.password)
        #expect(detection.isCertain)
        #expect(detection.known["imap_host"] == "imap.gmail.com")
        #expect(detection.known["smtp_port"] == "465")
        #expect(detection.provider?.id == "google")
    }

    @Test func whatWasGivenIsNeverChanged() throws {
        let given = ["address": "ana@gmail.com", "imap_host": "127.0.0.1", "imap_security": "none", "username": "ana"]
        let detection = try MailboxDetection(settings: given, secrets: Self.password)
        #expect(detection.known.filter { given[$0.key] != nil } == given)
        #expect(detection.known["imap_port"] == nil)
        #expect(detection.known["smtp_host"] == "smtp.gmail.com")
    }

    @Test func aChosenProviderCountsMoreThanTheAddress() throws {
        let hosting = MailProviders.provider(id: "hostinger")
        let detection = try MailboxDetection(
            settings: ["address": "hola@laespiga.example", "username": " "], secrets: Self.password, provider: hosting)
        #expect(detection.isCertain)
        #expect(detection.known["imap_host"] == "imap.hostinger.com")
        #expect(detection.known["username"] == "hola@laespiga.example")
    }

    @Test func anUnknownDomainIsLookedFor() throws {
        let detection = try MailboxDetection(settings: ["address": "hola@laespiga.example"], secrets: Self.password)
        #expect(!detection.isCertain)
    }

    @Test(arguments: [
        (["address": "hola"], "address"), (["address": "hola@laespiga.example", "imap_port": "0"], "imap_port"),
        (["address": "hola@laespiga.example", "imap_host": "imap.example.org", "imap_security": "none"], "protection"),
    ])
    func whatCannotBeIsNamed(settings: [String: String], word: String) {
        let error = #expect(throws: DeskError.self) { try MailboxDetection(settings: settings, secrets: Self.password) }
        #expect(error?.message.lowercased().contains(word) == true)
    }

    @Test func withoutAnyProofItIsNotTried() {
        let error = #expect(throws: DeskError.self) { try MailboxDetection(settings: ["address": "ana@gmail.com"], secrets: [:]) }
        #expect(error?.message.contains("password") == true)
    }

    private static let server = MailServer(host: "imap.laespiga.example", port: 993, security: .tls)

    @Test(arguments: [
        (MailFault(.unreachable, "x", cause: .nameUnknown), MailboxProblem.nameUnknown), (MailFault(.unreachable, "x"), .unreachable),
        (MailFault(.insecure, "x", cause: .certificate), .notTrusted), (MailFault(.insecure, "x"), .unprotected),
        (MailFault(.timedOut, "x"), .tooSlow), (MailFault(.garbled, "x"), .notUnderstood), (MailFault(.refused, "later"), .refused),
        (MailFault(.refused, "STARTTLS: unknown command"), .unprotected), (MailFault(.unauthenticated, "no"), .passwordRefused),
        (MailFault(.unauthenticated, "[ALERT] Application-specific password required"), .appPasswordNeeded),
    ])
    func aFaultIsToldByWhatCanBeDone(fault: MailFault, problem: MailboxProblem) {
        let finding = MailboxRefusal(step: .reading, server: Self.server, fault: fault).finding(at: nil)
        #expect(finding.problem == problem)
        #expect(finding.detail.contains("imap.laespiga.example:993"))
    }

    @Test(arguments: [("google", MailboxProblem.appPasswordNeeded), ("microsoft365", .signInNeeded), ("ovh", .passwordRefused)])
    func aRefusedPasswordMeansWhatItsProviderAsks(provider: String, problem: MailboxProblem) throws {
        let refusal = MailboxRefusal(step: .sending, server: Self.server, fault: MailFault(.unauthenticated, "no"))
        let known = try #require(MailProviders.provider(id: provider))
        #expect(refusal.finding(at: known).problem == problem)
    }

    @Test func nobodyListeningIsFoundOutAndTold() async throws {
        let settings = ["address": "ana@gmail.com", "imap_host": "localhost", "imap_port": "9", "smtp_host": "localhost"]
        let detection = try MailboxDetection(settings: settings, secrets: Self.password)
        let failure = await #expect(throws: MailboxFailure.self) {
            _ = try await detection.tried(through: OAuthEndpoint(egress: TokenServer([])))
        }
        #expect(failure?.finding.problem == .unreachable)
        #expect(failure?.isTransient == true)
    }
}
