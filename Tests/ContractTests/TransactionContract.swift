import DeskCore
import DeskServices
import DeskTesting
import Synchronization
import Testing

@Suite struct TransactionContract {
    private struct Refused: Error {}

    @Test(arguments: StorageFactory.all)
    func aFailingBodyLeavesNoTraceAndItsSiblingsCommit(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let build = DeskBuilder()
        let workspaces = (0..<60).map { build.workspace("\($0)") }
        let failed = await withTaskGroup(of: Int?.self) { group in
            for (number, workspace) in workspaces.enumerated() {
                group.addTask {
                    do {
                        try await storage.write { session throws in
                            try session.workspaces.insert(workspace)
                            if number.isMultiple(of: 4) { throw Refused() }
                        }
                        return nil
                    } catch {
                        return error is Refused ? number : -1
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
        }
        #expect(failed == Set((0..<60).filter { $0.isMultiple(of: 4) }))
        let stored = try await storage.value { try $0.workspaces.all() }
        #expect(Set(stored) == Set(workspaces.enumerated().filter { !$0.offset.isMultiple(of: 4) }.map(\.element)))
    }

    @Test(arguments: StorageFactory.all)
    func aSavepointThatFailsTakesOnlyItselfAway(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let build = DeskBuilder()
        let (kept, undone, last) = (build.workspace("a"), build.workspace("b"), build.workspace("c"))
        let refusals = try await storage.write { session in
            try session.workspaces.insert(kept)
            let wasRefused = try Self.isRefused(session) {
                try session.workspaces.insert(undone)
                try session.savepoint { try session.events.append(Self.event(in: kept, build)) }
                throw Refused()
            }
            try session.savepoint { try session.workspaces.insert(last) }
            return wasRefused
        }
        #expect(refusals)
        #expect(try await storage.value { try $0.workspaces.all() } == [kept, last])
        #expect(try await storage.value { try $0.events.bounds() == nil })
    }

    private static func isRefused(_ session: any StorageSession, _ body: () throws -> Void) throws -> Bool {
        do {
            try session.savepoint(body)
            return false
        } catch is Refused {
            return true
        }
    }

    private static func event(in workspace: Workspace, _ build: DeskBuilder) -> DeskEvent {
        DeskEvent(workspace: workspace.id, kind: .noteAdded, conversation: build.id(), at: build.now)
    }

    /// Counts who is inside at the same time.
    private final class Doorkeeper: Sendable {
        private let counts = Mutex((inside: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() { counts.withLock { $0 = ($0.inside + 1, max($0.most, $0.inside + 1)) } }

        func leave() { counts.withLock { $0.inside -= 1 } }
    }

    @Test(arguments: StorageFactory.all)
    func bodiesRunOneAtATime(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let build = DeskBuilder()
        let doorkeeper = Doorkeeper()
        _ = try await storage.atOnce(60) { number, session in
            doorkeeper.enter()
            try session.workspaces.insert(build.workspace("\(number)"))
            doorkeeper.leave()
        }
        #expect(doorkeeper.most == 1)
    }

    @Test(arguments: StorageFactory.all)
    func aConflictIsAnErrorOfTheDeskWithoutValuesInIt(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let workspace = DeskBuilder().workspace("Secreta S.A.")
        try await storage.write { try $0.workspaces.insert(workspace) }
        await #expect { try await storage.write { try $0.workspaces.insert(workspace) } } throws: { error in
            guard let error = error as? DeskError else { return false }
            return error.code.rawValue == "storage_conflict" && !error.isTransient && !error.message.contains("Secreta")
                && !error.publicMessage.contains("workspaces")
        }
    }

    @Test(arguments: StorageFactory.all)
    func aWriteOfACancelledTaskIsStillDoneOrRefusedAsAWhole(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let build = DeskBuilder()
        let workspaces = (0..<40).map { build.workspace("\($0)") }
        let done = await withTaskGroup(of: Workspace.ID?.self) { group in
            for workspace in workspaces {
                group.addTask {
                    do {
                        try await storage.write { try $0.workspaces.insert(workspace) }
                        return workspace.id
                    } catch {
                        return nil
                    }
                }
            }
            group.cancelAll()
            return await group.reduce(into: Set<Workspace.ID>()) { if let id = $1 { $0.insert(id) } }
        }
        #expect(Set(try await storage.value { try $0.workspaces.all().map(\.id) }) == done)
    }

    @Test(arguments: StorageFactory.all)
    func aFreshStoreIsReady(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        try await storage.checkReadiness()
        try await storage.checkReadiness()
    }
}
