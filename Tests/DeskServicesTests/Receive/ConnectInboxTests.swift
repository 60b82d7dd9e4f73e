import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Connecting an account of a channel.
struct ConnectInboxTests {
    @Test func isProvedAndKeepsItsSecretsApart() async throws {
        let desk = try await Desk.open()
        let inbox = try await ConnectInbox(desk.context).connect(desk.request())

        let connection = try #require(try await desk.read { try $0.inboxes.connection(of: inbox.id) })
        #expect(connection.inbox == inbox)
        #expect(connection.settings == ["phone_number_id": "15550002222"])
        #expect(connection.secrets["access_token"] == Secret("hunter2"))
        #expect(connection.secrets[Inbox.keyName]?.exposed().count == 64)
        #expect(connection.secrets.count == 2)
        let entry = try #require(try await desk.ledger().last)
        #expect(entry.kind == .inboxConnected)
        #expect(entry.details == ["channel": "whatsapp"])
    }

    @Test func receivesForItselfAlone() async throws {
        let desk = try await Desk.open()
        let inbox = try await ConnectInbox(desk.context).connect(desk.request())
        try await desk.writes(id: "wamid.1")
        try await desk.receive(.message("hola", id: "wamid.1", at: desk.now), on: inbox)

        let contacts = try await desk.read { session in
            try [desk.inbox.id, inbox.id].compactMap { try session.contacts.contact(in: $0, anyOf: Correspondent.marta.identities)?.id }
        }
        #expect(Set(contacts).count == 2)
    }

    @Test func needsAWorkspaceAndAName() async throws {
        let desk = try await Desk.open()
        #expect(await code { _ = try await ConnectInbox(desk.context).connect(desk.request(name: " ")) } == .invalidRequest)
        let elsewhere = desk.request(workspace: Workspace.ID("nowhere"))
        #expect(await code { _ = try await ConnectInbox(desk.context).connect(elsewhere) } == .notFound)
        #expect(try await desk.read { try $0.inboxes.all().count } == 1)
    }
}

extension Desk {
    fileprivate func request(name: String = "Ventas", workspace: Workspace.ID? = nil) -> ConnectInbox.Request {
        ConnectInbox.Request(
            workspace: workspace ?? self.workspace.id, channel: .whatsApp, name: name, account: "15550002222",
            settings: ["phone_number_id": "15550002222"], secrets: ["access_token": Secret("hunter2")])
    }
}
