import Crypto
import DeskCore
import DeskServices
import Foundation
import SQLStore
import SQLiteDriver

/// A backup taken out of its archive into a folder of its own, every part compared with the manifest.
struct ExtractedBackup {
    private static let ledgerStretch = 2_000

    let folder: URL
    let manifest: BackupManifest
    private let blobs: Set<String>

    /// - Parameter keepsFiles: false only looks at the blobs, and leaves them out.
    /// - Throws: `backup_damaged` naming the first part that is wrong.
    init(_ archive: URL, into folder: URL, keepsFiles: Bool) throws {
        var unpacking = try Unpacking(archive, into: folder, keepsFiles: keepsFiles)
        try unpacking.run()
        self.folder = folder
        manifest = try unpacking.checkedManifest()
        blobs = Set(manifest.parts.compactMap { DataFolder.blob(at: $0.name) })
    }

    /// Looks at what the digests can't tell: whether the database is sound, its ledgers whole and as long as they were, and every file
    /// there that a message names. Brings the copy's schema up to date on the way.
    /// - Parameter vault: gives what opens the backup in a folder, where its own key may be.
    /// - Returns: the database, open, and what opens it. Whoever gets it closes it.
    /// - Throws: `backup_damaged`; `schema_refused` for a newer program's; `master_key_wrong`.
    func inspect(_ vault: (URL) throws -> Vault) async throws -> (SQLiteDatabase, SQLStorage) {
        let vault = try vault(folder)
        let database = try SQLiteDatabase(path: folder.appending(path: DataFolder.database).path) { _ in }
        do {
            if let damage = try await database.damage(isThorough: true) { throw DeskError.backupDamaged("its database is: \(damage)") }
            try await Migrator().migrate(database, vault)
            let storage = SQLStorage(database, vault)
            try await compare(storage)
            return (database, storage)
        } catch {
            await database.close()
            throw error
        }
    }

    private func compare(_ storage: SQLStorage) async throws {
        let content = try await SnapshotContent.read(storage)
        guard Set(content.ledgers.map(\.workspace)) == Set(manifest.ledgers.map(\.workspace)), content.counts == manifest.counts else {
            throw DeskError.backupDamaged("its database holds something else than its manifest says")
        }
        for ledger in manifest.ledgers { try await follow(ledger, in: storage) }
        let known = blobs.union(manifest.missingFiles)
        let absent = content.files.filter { !known.contains($0.name) && !known.contains($0.blob) }
        if let first = absent.first {
            throw DeskError.backupDamaged("\(absent.count) file(s) that messages name are not in it, \(first.name) first")
        }
    }

    private func follow(_ ledger: BackupManifest.Ledger, in storage: any Storage) async throws {
        let workspace = Workspace.ID(ledger.workspace)
        var chain = LedgerChain(of: workspace)
        while true {
            let after = chain.head.sequence
            let entries = try await storage.read { try $0.ledger.entries(of: workspace, after: after, limit: Self.ledgerStretch) }
            do {
                for entry in entries { try chain.follow(entry) }
            } catch {
                throw DeskError.backupDamaged("the ledger of \(workspace) is broken after entry \(chain.head.sequence)")
            }
            if entries.count < Self.ledgerStretch { break }
        }
        guard chain.head.sequence == ledger.sequence, chain.head.hash == ledger.hash else {
            throw DeskError.backupDamaged("the ledger of \(workspace) does not end where its manifest says")
        }
    }
}

/// Takes an archive apart. Only the names that a backup can have become files, so that none leads out of the folder.
private struct Unpacking {
    private let reader: TarReader
    private let folder: URL
    private let keepsFiles: Bool
    private var parts: [BackupManifest.Part] = []
    private var manifest = Data()

    init(_ archive: URL, into folder: URL, keepsFiles: Bool) throws {
        reader = try TarReader(archive)
        self.folder = folder
        self.keepsFiles = keepsFiles
    }

    mutating func run() throws {
        while let header = try reader.next() {
            if header.name == BackupManifest.name {
                try readManifest(header)
            } else {
                try take(header)
            }
        }
    }

    func checkedManifest() throws -> BackupManifest {
        guard !manifest.isEmpty else { throw DeskError.backupDamaged("it has no manifest") }
        let manifest = try BackupManifest(reading: manifest)
        let stated = Dictionary(manifest.parts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for part in parts where stated[part.name] != part {
            throw DeskError.backupDamaged("\(part.name) is not what its manifest says")
        }
        let found = Set(parts.map(\.name))
        if let missing = manifest.parts.first(where: { !found.contains($0.name) }) {
            throw DeskError.backupDamaged("\(missing.name) is missing")
        }
        guard found.contains(BackupManifest.databaseName) else { throw DeskError.backupDamaged("it has no database") }
        return manifest
    }

    private mutating func readManifest(_ header: TarHeader) throws {
        guard manifest.isEmpty, header.size <= BackupManifest.largestSize else {
            throw DeskError.backupDamaged("its manifest can't be read")
        }
        var bytes = Data()
        try reader.content(of: header) { bytes += $0 }
        manifest = bytes
    }

    private mutating func take(_ header: TarHeader) throws {
        let output = try place(of: header.name).map(Self.makeFile)
        var hash = SHA256()
        try reader.content(of: header) { bytes in
            hash.update(data: bytes)
            try output?.write(contentsOf: bytes)
        }
        try output?.synchronize()
        try output?.close()
        parts.append(BackupManifest.Part(name: header.name, bytes: header.size, sha256: Array(hash.finalize()).hexadecimal))
    }

    /// - Returns: nil for what is only looked at.
    private func place(of name: String) throws -> URL? {
        switch name {
        case BackupManifest.databaseName: return folder.appending(path: DataFolder.database)
        case BackupManifest.settingsName, BackupManifest.keyName: return folder.appending(path: name)
        default:
            guard DataFolder.blob(at: name) != nil else { throw DeskError.backupDamaged("it holds “\(name)”, which no backup does") }
            return keepsFiles ? folder.appending(path: name) : nil
        }
    }

    private static func makeFile(_ file: URL) throws -> FileHandle {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard !FileManager.default.fileExists(atPath: file.path),
            FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw DeskError.backupDamaged("\(file.lastPathComponent) is in it twice, or can't be written") }
        return try FileHandle(forWritingTo: file)
    }
}
