import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Connecting a mailbox that was tried, and giving it another password.
struct ConnectMailboxTests {
    private static func tried(_ secrets: [String: Secret] = ["password": Secret("tres panes")], host: String = "a") -> TriedMailbox {
        TriedMailbox(settings: ["address": "Hola@LaEspiga.example", "imap_host": host], secrets: secrets, mailCount: 3)
    }

    @Test func anAddressIsOneInboxHoweverItIsWritten() async throws {
        let desk = try await Desk.open()
        let inbox = try await ConnectMailbox(desk.context).connect(Self.tried(), named: "Correo", in: desk.workspace.id)
        #expect(inbox.channel == .email)
        #expect(inbox.account == "hola@laespiga.example")
        let before = try #require(try await desk.read { try $0.inboxes.connection(of: inbox.id) })
        let permitted: [String: Secret] = ["oauth_refresh_token": Secret("r1")]
        let again = try await ConnectMailbox(desk.context).connect(
            Self.tried(permitted, host: "b"), named: "Otro", in: desk.workspace.id)
        #expect(again == inbox)
        let after = try #require(try await desk.read { try $0.inboxes.connection(of: inbox.id) })
        #expect(after.settings["imap_host"] == "b")
        // The password is gone: it would be used instead of the permission. What marks the desk's own mails stays.
        #expect(after.secrets == permitted.merging([Inbox.keyName: try #require(before.secrets[Inbox.keyName])]) { $1 })
        #expect(try await desk.ledger().suffix(2).map(\.kind) == [.inboxConnected, .inboxConnected])
    }

    @Test func aSecretThatTheProviderChangedIsKept() async throws {
        let desk = try await Desk.open()
        let inbox = try await ConnectMailbox(desk.context).connect(
            Self.tried(["oauth_refresh_token": Secret("r1")]), named: "Correo", in: desk.workspace.id)
        let changing = RenewSecret(desk.storage)
        try await changing.keep(Secret("r2"), inPlaceOf: Secret("r1"), as: "oauth_refresh_token")
        try await changing.keep(Secret("r3"), inPlaceOf: Secret("r1"), as: "oauth_refresh_token")
        let secrets = try await desk.read { try $0.inboxes.connection(of: inbox.id)?.secrets } ?? [:]
        #expect(secrets["oauth_refresh_token"] == Secret("r2"))
        #expect(secrets[Inbox.keyName] != nil)
    }

    @Test func trialsAreForThePrincipalAndHaveALimit() async throws {
        let desk = try await Desk.open()
        let connecting = ConnectMailbox(desk.context)
        let (principal, workspace) = (desk.principal.id, desk.workspace.id)
        #expect(await code { try await connecting.admitTrial(by: desk.assistant.id, in: workspace) } == .outOfGrant)
        for _ in 0..<ConnectMailbox.allowedTrials { try await connecting.admitTrial(by: principal, in: workspace) }
        #expect(await code { try await connecting.admitTrial(by: principal, in: workspace) } == .tooManyAttempts)
        desk.time.advance(by: SignIn.failureSpan + .seconds(1))
        #expect(await code { try await connecting.admitTrial(by: principal, in: workspace) } == nil)
    }
}
