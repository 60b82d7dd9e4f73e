import DeskCore
import DeskServices
import DeskTesting
import Foundation
import SQLStore
import SQLiteDriver
import Testing

/// Copies before upgrades, and a damaged file.
@Suite struct CareTests {
    private static let first = Migration(number: 1, name: "notes", compatibleWith: 1, template: "CREATE TABLE notes (id {int64}) {strict}")

    /// A database as an older program left it: all of this program's steps but the last.
    private func older(_ folder: TemporaryFolder) async throws {
        let database = try SQLiteDatabase(path: folder.path("desk.sqlite")) { _ in }
        try await Migrator(Migration.all.dropLast()).migrate(database, .sample())
        await database.close()
    }

    private func copies(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.contains("before-step") }.sorted()
    }

    @Test func anUpgradeKeepsACopyOfWhatWas() async throws {
        let folder = try TemporaryFolder()
        try await older(folder)
        _ = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample()) { _ in }
        let copy = try #require(try copies(folder).first)
        let last = try #require(Migration.all.last?.number)
        #expect(copy.hasPrefix("desk.sqlite.before-step-\(last)."))
        let kept = try SQLiteDatabase(path: folder.path(copy)) { _ in }
        let step = try await kept.read { try $0.first("SELECT schema_version FROM schema_state")?.int("schema_version") }
        #expect(step == Migration.all.dropLast().last?.number)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path(copy))[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test func aNewDatabaseAndOneOfThisProgramNeedNoCopy() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 { _ = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample()) { _ in } }
        #expect(try copies(folder).isEmpty)
    }

    @Test func threeCopiesAreKept() async throws {
        let folder = try TemporaryFolder()
        for day in 1...5 {
            _ = FileManager.default.createFile(
                atPath: folder.path("desk.sqlite.before-step-\(10 - day).2026010\(day)T000000Z"), contents: Data())
        }
        try await older(folder)
        _ = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample()) { _ in }
        let kept = try copies(folder)
        #expect(kept.count == 3)
        #expect(kept.contains("desk.sqlite.before-step-5.20260105T000000Z"))
        #expect(kept.contains("desk.sqlite.before-step-6.20260104T000000Z"))
    }

    @Test func aStepIsPreparedForOnlyWhereSomethingIsThere() async throws {
        let database = try SQLiteDatabase(inMemory: { _ in })
        var upgrades: [Migrator.Upgrade] = []
        try await Migrator([Self.first]).migrate(database, .sample()) { upgrades.append($0) }
        #expect(upgrades.isEmpty)
    }

    /// A database of some size, closed, with one byte of it changed.
    private func damaged(_ folder: TemporaryFolder, at offset: Int) async throws {
        let database = try SQLiteDatabase(path: folder.path("desk.sqlite")) { _ in }
        try await Migrator().migrate(database, .sample())
        let desk = try await SampleDesk.open(in: SQLStorage(database, .sample()))
        for number in 0..<200 { try await desk.say("Mensaje \(number)", in: desk.meet("Persona \(number)").conversation) }
        await database.close()
        var bytes = try Data(contentsOf: URL(filePath: folder.path("desk.sqlite")))
        bytes[offset] ^= 0xFF
        try bytes.write(to: URL(filePath: folder.path("desk.sqlite")))
    }

    /// The file's first word, the schema's page, and the heads of pages of tables.
    @Test(arguments: [0, 100, 4_096, 8 * 4_096, 20 * 4_096])
    func aDamagedFileIsNotServed(offset: Int) async throws {
        let folder = try TemporaryFolder()
        try await damaged(folder, at: offset)
        await #expect {
            _ = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample(), looksForDamage: true) { _ in }
        } throws: {
            error in
            guard let error = error as? DeskError else { return false }
            return error.code == .storageDamaged && error.message.contains("contesta backup restore")
        }
    }

    @Test func aSoundFileIs() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            _ = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample(), looksForDamage: true) { _ in }
        }
    }
}
