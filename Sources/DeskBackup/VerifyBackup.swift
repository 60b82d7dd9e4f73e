package import Foundation
package import SQLStore
import SQLiteDriver

/// Says whether a backup could be restored: all of it is read, and nothing is changed.
package struct VerifyBackup: Sendable {
    private let file: URL
    private let vault: @Sendable (URL) throws -> Vault

    /// - Parameter vault: gives what opens the backup in a folder, where its own key may be.
    package init(_ file: URL, vault: @escaping @Sendable (URL) throws -> Vault) {
        self.file = file
        self.vault = vault
    }

    /// - Parameter folder: where there is room for the database for as long as this takes; it must exist.
    /// - Returns: what the backup says of itself, once that is found to be true.
    /// - Throws: `backup_damaged` naming the first thing that is wrong; `schema_refused` for a newer program's.
    package func verify(workingIn folder: URL) async throws -> BackupManifest {
        let place = try WorkingFolder(in: folder, named: ".contesta-verifying")
        defer { place.remove() }
        let backup = try ExtractedBackup(file, into: place.url, keepsFiles: false)
        await (try await backup.inspect(vault)).0.close()
        return backup.manifest
    }
}

/// A folder that is there only while something is being done.
struct WorkingFolder {
    let url: URL

    /// - Parameter name: what its name begins with.
    init(in folder: URL, named name: String) throws {
        url = folder.appending(path: "\(name)-\(ProcessInfo.processInfo.globallyUniqueString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    func remove() {
        // Where it was moved to its place, there is nothing to remove.
        try? FileManager.default.removeItem(at: url)
    }
}
