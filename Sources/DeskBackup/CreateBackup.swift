package import DeskCore
import DeskServices
package import Foundation
package import SQLStore
import SQLiteDriver

/// Makes one file of a data folder, while the desk serves from it: the database as it is at one moment, every file that its messages
/// name, and the settings.
///
/// The keys that sign ledger heads stay out: who finds a backup must not be able to sign in the desk's name (decision 0011).
package struct CreateBackup: Sendable {
    /// What is being done, and how much of it.
    package enum Progress: Sendable, Equatable {
        /// 0 to 1.
        case database(Double)
        case files(done: Int, of: Int)
    }

    private let folder: URL
    private let program: String
    private let vault: Vault
    private let includesKey: Bool

    /// - Parameters:
    ///   - folder: the data folder.
    ///   - program: this program's version.
    ///   - vault: holds the master key.
    ///   - includesKey: whether the master key's file in the folder goes into the backup, which can't be read without it otherwise.
    package init(of folder: URL, program: String, vault: Vault, includesKey: Bool) {
        self.folder = folder
        self.program = program
        self.vault = vault
        self.includesKey = includesKey
    }

    /// - Parameter file: where the backup goes; must not exist. It can be read and written by its owner alone.
    /// - Throws: `backup_failed`, `storage_unavailable`; nothing is left then.
    package func create(
        at file: URL, now: Instant, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> BackupManifest {
        let unfinished = Unfinished(of: file)
        try unfinished.prepare()
        defer { unfinished.removeAll() }
        do {
            let live = try openLive()
            try await live.read { try Migrator().requireCurrent($0) }
            try await live.snapshot(to: unfinished.database.path) { progress(.database($0)) }
            let manifest = try await pack(unfinished, now: now, progress: progress)
            try unfinished.finish()
            try await SQLStorage(live, vault).write { try $0.operations.record(.backup, at: now) }
            await live.close()
            return manifest
        } catch let error as DeskError {
            throw error
        } catch {
            throw DeskError.backupFailed("\(error)")
        }
    }

    private func openLive() throws -> SQLiteDatabase {
        let path = folder.appending(path: DataFolder.database).path
        guard FileManager.default.fileExists(atPath: path) else {
            throw DeskError(.notFound, message: "There is no desk in \(folder.path). No backup was made; name its folder with --data.")
        }
        return try SQLiteDatabase(path: path, checkpoints: false) { _ in }
    }

    private func pack(
        _ unfinished: Unfinished, now: Instant, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> BackupManifest {
        let content = try await SnapshotContent.read(unfinished.database, vault)
        let output = try FileHandle(forWritingTo: unfinished.archive)
        defer { try? output.close() }
        var archive = TarWriter(to: output, at: now)
        try archive.add(unfinished.database, as: BackupManifest.databaseName)
        let settings = folder.appending(path: BackupManifest.settingsName)
        if FileManager.default.fileExists(atPath: settings.path) { try archive.add(settings, as: BackupManifest.settingsName) }
        let key = folder.appending(path: BackupManifest.keyName)
        if includesKey { try archive.add(key, as: BackupManifest.keyName) }
        let missing = try addFiles(content.files, to: &archive, progress: progress)
        let manifest = BackupManifest(
            program: program, created: now, schemaStep: content.schemaStep, ledgers: content.ledgers, counts: content.counts,
            parts: archive.parts, missingFiles: missing)
        try archive.add(try manifest.encoded, as: BackupManifest.name)
        try archive.finish()
        return manifest
    }

    /// - Returns: those that are not there.
    private func addFiles(
        _ files: [SnapshotContent.NamedFile], to archive: inout TarWriter, progress: @Sendable (Progress) -> Void
    ) throws -> [String] {
        var missing: [String] = []
        for (index, file) in files.enumerated() {
            let places = [file.name, file.blob].map(DataFolder.path(ofBlob:))
            if let path = places.first(where: { FileManager.default.fileExists(atPath: folder.appending(path: $0).path) }) {
                try archive.add(folder.appending(path: path), as: path)
            } else {
                missing.append(file.name)
            }
            progress(.files(done: index + 1, of: files.count))
        }
        return missing
    }
}

/// The files of a backup that is being made: beside where it will be, and gone if it comes to nothing.
private struct Unfinished {
    let file: URL
    let archive: URL
    let database: URL

    init(of file: URL) {
        self.file = file
        let folder = file.deletingLastPathComponent()
        archive = folder.appending(path: ".\(file.lastPathComponent).unfinished")
        database = folder.appending(path: ".\(file.lastPathComponent).database")
    }

    func prepare() throws {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw DeskError.backupFailed("\(file.path) is there already; give the backup another name")
        }
        removeAll()
        for place in [archive, database] {
            let isMade = FileManager.default.createFile(atPath: place.path, contents: nil, attributes: [.posixPermissions: 0o600])
            guard isMade else { throw DeskError.backupFailed("\(file.deletingLastPathComponent().path) can't be written") }
        }
    }

    /// The name is given last, and durably: what bears it is whole.
    func finish() throws {
        guard rename(archive.path, file.path) == 0 else { throw DeskError.backupFailed("it can't be given its name (errno \(errno))") }
        DataFolder.synchronize(file.deletingLastPathComponent())
    }

    func removeAll() {
        for path in [archive.path, database.path, database.path + "-wal", database.path + "-shm", database.path + "-journal"] {
            // Most of them are not there.
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
