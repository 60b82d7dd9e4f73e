import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct WorkspaceContract {
    @Test(arguments: StorageFactory.all)
    func aWorkspaceIsFoundByIdAndByItsNameAsTyped(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage(), named: "Ferretería Sur")
        try await desk.storage.read { session throws in
            #expect(try session.workspaces.workspace(desk.workspace.id) == desk.workspace)
            #expect(try session.workspaces.workspace(named: "Ferretería Sur") == desk.workspace)
            #expect(try session.workspaces.workspace(named: desk.workspace.id.text) == desk.workspace)
            #expect(try session.workspaces.workspace(named: "ferretería sur") == nil)
            #expect(try session.workspaces.all() == [desk.workspace])
        }
    }

    @Test(arguments: StorageFactory.all)
    func theNewestAgreementIsInForce(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let second = desk.build.agreement(of: desk.workspace, version: 2)
        try await desk.storage.write { try $0.workspaces.insert(second, at: desk.build.now) }
        try await desk.storage.read { session throws in
            #expect(try session.workspaces.agreement(of: desk.workspace.id) == second)
            #expect(try session.workspaces.agreementVersions() == [desk.workspace.id: 2])
        }
    }

    @Test(arguments: StorageFactory.all)
    func anInboxComesWithItsSettingsAndSecrets(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let inbox = desk.build.inbox(in: desk.workspace, name: "Tienda", account: "2")
        try await desk.storage.write { session throws in
            try session.inboxes.insert(
                inbox, settings: ["api_base": "http://localhost:1"], secrets: ["token": Secret("t0p")], at: desk.build.now)
        }
        try await desk.storage.read { session throws in
            let connection = try #require(try session.inboxes.connection(of: inbox.id))
            #expect(connection.inbox == inbox)
            #expect(connection.settings == ["api_base": "http://localhost:1"])
            #expect(connection.secrets["token"]?.exposed() == "t0p")
            #expect(try session.inboxes.all() == [inbox, desk.inbox])
            #expect(try session.inboxes.inboxes(in: desk.scope) == [inbox, desk.inbox])
        }
    }

    @Test(arguments: StorageFactory.all)
    func theLastSignOfLifeIsTheNewestRawEvent(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let silent = desk.build.inbox(in: desk.workspace, name: "Callado", account: "3")
        let later = desk.build.now + .minutes(5)
        try await desk.storage.write { session throws in
            try session.inboxes.insert(silent, settings: [:], secrets: [:], at: desk.build.now)
            for instant in [desk.build.now, later] {
                try session.rawEvents.insert(
                    RawEvent(
                        id: desk.build.identifiers.next(at: instant), workspace: desk.workspace.id, inbox: desk.inbox.id,
                        receivedAt: instant, body: [1], outcome: .projected))
            }
        }
        #expect(try await desk.storage.value { try $0.inboxes.lastSignsOfLife() } == [desk.inbox.id: later])
    }
}
