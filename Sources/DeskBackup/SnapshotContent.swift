import DeskCore
import DeskServices
import Foundation
import SQLStore
import SQLiteDriver

/// What a copy of the database holds, as far as a backup vouches for it.
struct SnapshotContent: Sendable {
    private static let stretch = 1_000

    let schemaStep: Int
    let ledgers: [BackupManifest.Ledger]
    let counts: [String: Int]
    /// The files that messages name, in order.
    let files: [NamedFile]

    /// A file by its content's digest, which is how older programs named it, and by the name that it has sealed.
    struct NamedFile: Sendable {
        let blob: String
        let name: String
    }

    /// Opens a copy, reads it, and closes it.
    static func read(_ file: URL, _ vault: Vault) async throws -> SnapshotContent {
        let database = try SQLiteDatabase(path: file.path) { _ in }
        let content = try await read(SQLStorage(database, vault))
        await database.close()
        return content
    }

    /// - Parameter storage: nobody else writes to it.
    static func read(_ storage: SQLStorage) async throws -> SnapshotContent {
        let (ledgers, counts) = try await storage.read { session in
            let heads = try session.workspaces.all().map { try session.ledger.head(of: $0.id) }
            let ledgers = heads.map { BackupManifest.Ledger(workspace: $0.workspace.text, sequence: $0.sequence, hash: $0.hash) }
            return (ledgers, try session.operations.counts())
        }
        return SnapshotContent(
            schemaStep: Migration.all.map(\.number).max() ?? 0, ledgers: ledgers, counts: counts, files: try await files(storage))
    }

    private static func files(_ storage: SQLStorage) async throws -> [NamedFile] {
        let seal = try await storage.fileSeal()
        var files: Set<String> = []
        var last: Message.ID?
        while true {
            let after = last
            let messages = try await storage.read { try $0.operations.messages(after: after, limit: stretch) }
            files.formUnion(messages.flatMap { $0.content.storedFiles })
            last = messages.last?.id
            if messages.count < stretch { return files.sorted().map { NamedFile(blob: $0, name: seal.name(of: $0)) } }
        }
    }
}
