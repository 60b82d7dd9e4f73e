import DeskCore
import DeskServices
import DeskTesting
import Foundation
import Testing

@testable import DeskCommands

/// Two ledgers of 14 entries with heads after 6 and 12, exported to a file.
struct ExportScene {
    let folder: TemporaryFolder
    let storage: any Storage
    let keys = MemoryHeadKeys()
    let first: Workspace
    let second: Workspace
    /// A head of the first ledger's twelve entries.
    let kept: SignedHead

    init() async throws {
        folder = try TemporaryFolder()
        storage = try await StorageFactory.sqliteInMemory.storage()
        let build = DeskBuilder()
        (first, second) = (build.workspace("Uno"), build.workspace("Dos"))
        var newest: SignedHead?
        for workspace in [second, first] {
            try await storage.write { try $0.workspaces.insert(workspace) }
            for count in [6, 6, 2] {
                try await storage.write { session in
                    for number in 1...count {
                        let fact = LedgerFact(.messageReceived, "message-\(number)", ["of": "\(count)", "ñ\"": "/\u{0}\n"])
                        try session.ledger.append(fact, in: workspace.id, at: build.now)
                    }
                }
                guard count == 6 else { continue }
                newest = try await MakeHeads(storage, time: ManualTime(), signing: keys).make(of: workspace.id)
            }
        }
        kept = try #require(newest)
    }

    /// The lines of an export of both.
    func lines() async throws -> [String] {
        let path = folder.path("export.jsonl")
        try Data().write(to: URL(filePath: path))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        let writer = ExportWriter(storage: storage, output: handle)
        for workspace in [first, second] { try await writer.write(workspace.id, key: keys.key(of: workspace.id)) }
        try handle.close()
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    func findings(
        _ lines: [String], keys given: [LedgerKey] = [], kept: [KeptHead] = []
    ) throws -> [ExportReader.Finding] {
        let path = folder.path("checked.jsonl")
        try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
        return try ExportReader(keys: given, kept: kept).verify(path)
    }
}
