import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct HeadContract {
    @Test(arguments: StorageFactory.all)
    func headsAreKeptBySizeAndTheFirstOfASizeStays(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let other = try await SampleDesk.open(in: desk.storage, build: desk.build, named: "Dos")
        let workspace = desk.workspace.id
        let heads = [3, 9, 12].map { head(of: workspace, size: $0, now: desk.build.now) }
        try await desk.storage.write { session in
            for head in heads.reversed() { try session.heads.insert(head, nodes: []) }
            try session.heads.insert(head(of: workspace, size: 9, note: "another", now: desk.build.now), nodes: [])
            try session.heads.insert(head(of: other.workspace.id, size: 100, now: desk.build.now), nodes: [])
        }
        try await desk.storage.read { session throws in
            #expect(try session.heads.newest(of: workspace) == heads[2])
            #expect(try session.heads.newest(of: desk.build.id()) == nil)
            #expect(try session.heads.heads(of: workspace, sizes: 1...9) == Array(heads.prefix(2)))
            #expect(try session.heads.heads(of: workspace, sizes: 4...8).isEmpty)
        }
    }

    @Test(arguments: StorageFactory.all)
    func whatNobodyOutsideHasComesNewestFirst(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (workspace, now) = (desk.workspace.id, desk.build.now)
        try await desk.storage.write { session in
            for size in [3, 9, 12] { try session.heads.insert(head(of: workspace, size: Int64(size), now: now), nodes: []) }
            try session.heads.record(.failed(reason: "full"), of: head(of: workspace, size: 12, now: now), at: now)
            try session.heads.record(.delivered(to: "there"), of: head(of: workspace, size: 9, now: now), at: now)
        }
        try await desk.storage.read { session throws in
            #expect(try session.heads.undelivered(of: workspace, limit: 5).map(\.size) == [12, 3])
            #expect(try session.heads.undelivered(of: workspace, limit: 1).map(\.deliveryFailure) == ["full"])
            #expect(try session.heads.heads(of: workspace, sizes: 9...9).map(\.deliveredTo) == ["there"])
        }
        try await desk.storage.write { session in
            try session.heads.record(.delivered(to: "there"), of: head(of: workspace, size: 12, now: now), at: now + .seconds(1))
        }
        let newest = try await desk.storage.value { try $0.heads.newest(of: workspace) }
        #expect(newest?.deliveredAt == now + .seconds(1))
        #expect(newest?.deliveryFailure == nil)
    }

    @Test(arguments: StorageFactory.all)
    func nodesAndLeavesAreReadByTheirPlaces(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (workspace, now) = (desk.workspace.id, desk.build.now)
        let nodes = (0..<4).map { LedgerNode(subtree: MerkleSubtree(level: 8, place: Int64($0)), hash: .leaf([UInt8($0)])) }
        let entries = try await desk.storage.write { session in
            try session.heads.insert(head(of: workspace, size: 1_024, now: now), nodes: nodes)
            try session.heads.insert(head(of: workspace, size: 1_024, now: now), nodes: nodes)
            return try (1...5).map { try session.ledger.append(LedgerFact(.attemptChanged, "\($0)"), in: workspace, at: now) }
        }
        try await desk.storage.read { session throws in
            #expect(try session.heads.nodes(of: workspace, level: 8, places: 1..<3) == nodes[1..<3].map(\.hash))
            #expect(try session.heads.nodes(of: workspace, level: 16, places: 0..<3).isEmpty)
            #expect(try session.heads.nodes(of: workspace, level: 0, places: 1..<4) == entries[1..<4].compactMap(\.merkleLeaf))
        }
    }

    private func head(of workspace: Workspace.ID, size: Int64, note: String = "note", now: Instant) -> StoredHead {
        StoredHead(workspace: workspace, size: size, note: "\(note) \(size)", peaks: "", signedAt: now)
    }
}
