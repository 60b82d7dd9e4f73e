import DeskCore
import DeskServices
import DeskTesting
import Foundation
import SQLStore
import SQLiteDriver
import Testing

@testable import DeskBackup

@Suite struct BackupTests {
    @Test func aBackupHoldsTheDatabaseItsFilesAndTheSettings() async throws {
        let scene = try await Scene.open()
        try await scene.say("Hola")
        let blob = try await scene.file("una factura")
        try Data("undo: {seconds: 3}".utf8).write(to: scene.folder.appending(path: "contesta.yaml"))
        let manifest = try await scene.create()

        #expect(manifest.parts.map(\.name) == ["database.sqlite", "contesta.yaml", DataFolder.path(ofBlob: blob)])
        #expect(manifest.counts["messages"] == 2)
        #expect(manifest.ledgers.map(\.sequence) == [1])
        #expect(manifest.schemaStep == Migration.all.map(\.number).max())
        #expect(try await scene.verify() == manifest)
        let mode = try FileManager.default.attributesOfItem(atPath: scene.backup.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(try scene.neighbours() == ["data", "backup.tar"])
        #expect(try await scene.storage.read { try $0.operations.pulse(.backup) } == Scene.now)
    }

    @Test func aBackupIsOneMomentHoweverMuchIsWrittenMeanwhile() async throws {
        let scene = try await Scene.open()
        for number in 0..<40 { try await scene.say("antes \(number)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 0..<60 { try await scene.say("durante \(number)") } }
            group.addTask { _ = try await scene.create() }
            try await group.waitForAll()
        }
        let manifest = try await scene.verify()
        let messages = try #require(manifest.counts["messages"])
        #expect((40...100).contains(messages))
        // The scene puts a message on record right after it, so that the moment can be between the two.
        let recorded = try #require(manifest.ledgers.first?.sequence)
        #expect((Int64(messages - 1)...Int64(messages)).contains(recorded))
        try await scene.restore()
        let restored = try SQLiteDatabase(path: scene.restored.appending(path: DataFolder.database).path) { _ in }
        let head = try await restored.read { try SQLSession($0, .sample()).ledger.head(of: scene.sample.workspace.id) }
        #expect(head.hash == manifest.ledgers.first?.hash)
        #expect(try await restored.read { try SQLSession($0, .sample()).operations.counts() } == manifest.counts)
    }

    @Test func anExistingFileIsNotOverwritten() async throws {
        let scene = try await Scene.open()
        try Data("mine".utf8).write(to: scene.backup)
        #expect(await code { _ = try await scene.create() } == .backupFailed)
        #expect(try Data(contentsOf: scene.backup) == Data("mine".utf8))
        #expect(try scene.neighbours() == ["data", "backup.tar"])
    }

    @Test func aFolderWithoutADeskIsNotBackedUp() async throws {
        let scene = try await Scene.open()
        let backup = CreateBackup(of: scene.restored, program: "test", vault: .sample(), includesKey: false)
        #expect(await code { _ = try await backup.create(at: scene.backup, now: Scene.now) } == .notFound)
        #expect(try scene.neighbours() == ["data"])
    }

    @Test func aFileThatWasLostBeforeIsSaidToBe() async throws {
        let scene = try await Scene.open()
        let blob = try await scene.file("perdida")
        let name = try await scene.storage.fileSeal().name(of: blob)
        try FileManager.default.removeItem(at: scene.folder.appending(path: DataFolder.path(ofBlob: blob)))
        #expect(try await scene.create().missingFiles == [name])
        #expect(try await scene.verify().missingFiles == [name])
    }

    @Test(arguments: [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
    func oneChangedByteAnywhereIsFound(place: Double) async throws {
        let scene = try await Scene.open()
        _ = try await scene.file(String(repeating: "contenido ", count: 400))
        _ = try await scene.create()
        let size = try Data(contentsOf: scene.backup).count
        try scene.damage(at: Int(Double(size) * place))
        #expect(await code { _ = try await scene.verify() } == .backupDamaged)
        #expect(await code { try await scene.restore() } == .backupDamaged)
        #expect(try scene.neighbours() == ["data", "backup.tar"])
    }

    @Test(arguments: [0, 100, 1_024, 60_000])
    func aBackupThatBreaksOffIsNotUsed(length: Int) async throws {
        let scene = try await Scene.open()
        _ = try await scene.create()
        try Data(contentsOf: scene.backup).prefix(length).write(to: scene.backup)
        #expect(await code { _ = try await scene.verify() } == .backupDamaged)
    }
}
