import DeskCore
import DeskServices
import DeskTesting
import Foundation
import SQLStore
import SQLiteDriver
import Testing

@testable import DeskBackup

@Suite struct RestoreTests {
    @Test func aRestoredDeskHasEverythingAndIsOnHold() async throws {
        let scene = try await Scene.open()
        let blob = try await scene.file("una factura")
        _ = try await scene.create()
        let outcome = try await scene.restore()

        #expect(outcome.keptAside == nil)
        let copy = try Data(contentsOf: scene.restored.appending(path: DataFolder.path(ofBlob: blob)))
        #expect(copy == Data("una factura".utf8))
        let storage = try await SQLiteStorage.open(path: scene.restored.appending(path: DataFolder.database).path, vault: .sample()) { _ in
        }
        #expect(try await storage.read { try $0.operations.holds().map(\.backupAt) } == [Scene.now])
        #expect(try scene.neighbours() == ["data", "backup.tar", "restored"])
    }

    @Test func anEmptyFolderIsTaken() async throws {
        let scene = try await Scene.open()
        _ = try await scene.create()
        try FileManager.default.createDirectory(at: scene.restored, withIntermediateDirectories: true)
        try await scene.restore()
        #expect(FileManager.default.fileExists(atPath: scene.restored.appending(path: DataFolder.database).path))
    }

    @Test func aFolderInUseIsNotTouchedUnlessAskedFor() async throws {
        let scene = try await Scene.open()
        _ = try await scene.create()
        let mine = scene.restored.appending(path: "mine")
        try FileManager.default.createDirectory(at: scene.restored, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: mine)
        #expect(await code { try await scene.restore() } == .restoreRefused)
        #expect(FileManager.default.fileExists(atPath: mine.path))

        let outcome = try await scene.restore(isReplacing: true)
        let aside = try #require(outcome.keptAside)
        #expect(aside.lastPathComponent == "restored.before-restore-1")
        #expect(try Data(contentsOf: aside.appending(path: "mine")) == Data("mine".utf8))
        #expect(!FileManager.default.fileExists(atPath: mine.path))
    }

    @Test func whatFailsWhileHoldingLeavesNothing() async throws {
        let scene = try await Scene.open()
        _ = try await scene.create()
        let restoring = RestoreBackup(scene.backup, to: scene.restored) { _ in .sample() }
        await #expect(throws: CancellationError.self) {
            _ = try await restoring.restore(isReplacing: false, stamp: "1") { _, _ in throw CancellationError() }
        }
        #expect(try scene.neighbours() == ["data", "backup.tar"])
    }

    /// Names that would lead somewhere else.
    @Test(arguments: [
        "../outside", "/etc/contesta", "blobs/../../x", "blobs/aa/short", "server.lock", "blobs/ab/" + String(repeating: "c", count: 64),
    ])
    func aForeignNameIsRefused(name: String) async throws {
        let scene = try await Scene.open()
        _ = FileManager.default.createFile(atPath: scene.backup.path, contents: nil)
        let output = try FileHandle(forWritingTo: scene.backup)
        var archive = TarWriter(to: output, at: Scene.now)
        try archive.add(Data("x".utf8), as: name)
        try archive.finish()
        #expect(await code { try await scene.restore() } == .backupDamaged)
        #expect(try scene.neighbours() == ["data", "backup.tar"])
    }
}
