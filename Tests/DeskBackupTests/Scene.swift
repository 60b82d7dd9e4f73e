import DeskCore
import DeskServices
import DeskTesting
import Foundation
import SQLStore
import SQLiteDriver

@testable import DeskBackup

/// A data folder with a desk in it, and room beside it for backups.
struct Scene {
    static let now = Instant(unixSeconds: 1_795_176_000)

    let place: TemporaryFolder
    let database: SQLiteDatabase
    let sample: SampleDesk

    static func open() async throws -> Scene {
        let place = try TemporaryFolder()
        let folder = place.url.appending(path: "data", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try SQLiteDatabase(path: folder.appending(path: DataFolder.database).path) { _ in }
        try await Migrator().migrate(database, .sample())
        return Scene(place: place, database: database, sample: try await SampleDesk.open(in: SQLStorage(database, .sample())))
    }

    var folder: URL { place.url.appending(path: "data", directoryHint: .isDirectory) }
    var backup: URL { place.url.appending(path: "backup.tar") }
    var restored: URL { place.url.appending(path: "restored", directoryHint: .isDirectory) }
    var storage: SQLStorage { SQLStorage(database, .sample()) }

    func create() async throws -> BackupManifest {
        try await CreateBackup(of: folder, program: "test", vault: .sample(), includesKey: false).create(at: backup, now: Self.now)
    }

    func verify() async throws -> BackupManifest {
        try await VerifyBackup(backup) { _ in .sample() }.verify(workingIn: place.url)
    }

    @discardableResult
    func restore(isReplacing: Bool = false) async throws -> RestoreBackup.Outcome {
        try await RestoreBackup(backup, to: restored) { _ in .sample() }.restore(isReplacing: isReplacing, stamp: "1") {
            storage, manifest in
            try await storage.write { session in
                for workspace in try session.workspaces.all() {
                    try session.operations.insert(
                        DeliveryHold(workspace: workspace.id, since: Self.now, backupAt: manifest.created))
                }
            }
            return 0
        }
    }

    /// Says something and puts it on record.
    func say(_ text: String) async throws {
        let (_, conversation) = try await sample.meet(text)
        let (message, _) = try await sample.say(text, in: conversation)
        let workspace = sample.workspace.id
        try await storage.write { session in
            _ = try session.ledger.append(LedgerFact(.messageReceived, message.id.text), in: workspace, at: Self.now)
        }
    }

    /// Puts a file into the folder, and a message that names it into the database.
    /// - Returns: the blob.
    func file(_ words: String) async throws -> String {
        let bytes = Array(words.utf8)
        let blob = Digest.of(bytes)
        let file = folder.appending(path: DataFolder.path(ofBlob: blob))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        let (_, conversation) = try await sample.meet(words)
        var (message, _) = try await sample.say(words, in: conversation)
        message.content.attachments = [Attachment(kind: .document, blob: blob)]
        let named = message
        try await storage.write { try $0.messages.update(named) }
        return blob
    }

    /// What lies beside the data folder.
    func neighbours() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: place.url.path))
    }

    /// Another byte at a place of the backup.
    func damage(at offset: Int) throws {
        var bytes = try Data(contentsOf: backup)
        bytes[offset] ^= 0x40
        try bytes.write(to: backup)
    }
}

/// The code of the error that something throws; nil when it throws none, or another kind of error.
func code(of body: () async throws -> Void) async -> DeskError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? DeskError)?.code
    }
}
