import DeskCore
package import DeskServices
package import Foundation
package import SQLStore
import SQLiteDriver

/// Makes a data folder of a backup: checked first, finished beside its place, and put there in one step.
package struct RestoreBackup: Sendable {
    private let file: URL
    private let folder: URL
    private let vault: @Sendable (URL) throws -> Vault

    /// - Parameters:
    ///   - folder: the data folder to be.
    ///   - vault: gives what opens the backup in a folder, where its own key may be.
    package init(_ file: URL, to folder: URL, vault: @escaping @Sendable (URL) throws -> Vault) {
        self.vault = vault
        self.file = file
        self.folder = folder.standardizedFileURL
    }

    /// What was done.
    package struct Outcome: Sendable {
        package let manifest: BackupManifest
        /// Replies that were on their way when the backup was made: unknown now.
        package let undecided: Int
        /// Where the folder that was there before is now.
        package let keptAside: URL?
    }

    /// - Parameters:
    ///   - isReplacing: whether a desk that is there may be moved aside. Nobody may serve from it.
    ///   - stamp: tells the folder that is moved aside from others.
    ///   - hold: keeps the restored desk from sending; gets its store and when the backup was made, and says what became unknown.
    /// - Throws: `backup_damaged`, `restore_refused`, `schema_refused`; nothing was changed then.
    package func restore(
        isReplacing: Bool, stamp: String, hold: (any Storage, BackupManifest) async throws -> Int
    ) async throws -> Outcome {
        try requireRoom(isReplacing: isReplacing)
        let parent = folder.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let place = try WorkingFolder(in: parent, named: ".\(folder.lastPathComponent).restoring")
        defer { place.remove() }
        let backup = try ExtractedBackup(file, into: place.url, keepsFiles: true)
        let (database, storage) = try await backup.inspect(vault)
        let undecided = try await hold(storage, backup.manifest)
        await database.close()
        // Names are only safe once their folders are, and of those there are many.
        sync()
        let aside = try putInPlace(place.url, stamp: stamp)
        DataFolder.synchronize(parent)
        return Outcome(manifest: backup.manifest, undecided: undecided, keptAside: aside)
    }

    private var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    private var isEmpty: Bool { (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.isEmpty ?? false }

    private func requireRoom(isReplacing: Bool) throws {
        guard isThere, !isEmpty, !isReplacing else { return }
        throw DeskError(
            .restoreRefused,
            message: "\(folder.path) is not empty. Nothing was changed; name a new folder, or give --replace to move this one aside.")
    }

    /// - Returns: where the old folder is now; nil when there was none, or an empty one.
    private func putInPlace(_ restored: URL, stamp: String) throws -> URL? {
        guard isThere else {
            try move(restored, to: folder)
            return nil
        }
        if isEmpty {
            try FileManager.default.removeItem(at: folder)
            try move(restored, to: folder)
            return nil
        }
        let aside = folder.deletingLastPathComponent().appending(path: "\(folder.lastPathComponent).before-restore-\(stamp)")
        try move(folder, to: aside)
        do {
            try move(restored, to: folder)
        } catch {
            try move(aside, to: folder)
            throw error
        }
        return aside
    }

    private func move(_ from: URL, to target: URL) throws {
        guard rename(from.path, target.path) == 0 else {
            throw DeskError(
                .restoreRefused,
                message:
                    "\(target.path) can't be put in place (errno \(errno)). The folder that was there still is; where it is a mount of "
                    + "its own, restore into a folder inside of it.")
        }
    }
}
