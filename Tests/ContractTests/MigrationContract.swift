import DeskCore
import DeskServices
import DeskTesting
import SQLStore
import Testing

@Suite struct MigrationContract {
    private let first = Migration(number: 1, name: "notes", compatibleWith: 1, template: "CREATE TABLE notes (id {int64}) {strict}")
    private let second = Migration(number: 2, name: "more", compatibleWith: 2, template: "ALTER TABLE notes ADD COLUMN text TEXT")
    private let gentle = Migration(number: 2, name: "more", compatibleWith: 1, template: "ALTER TABLE notes ADD COLUMN text TEXT")

    @Test(arguments: DatabaseFactory.all)
    func eachStepIsAppliedOnce(_ factory: DatabaseFactory) async throws {
        let database = try await factory.database()
        #expect(try await Migrator([first]).migrate(database, .sample()) == [1])
        #expect(try await Migrator([first, second]).migrate(database, .sample()) == [2])
        #expect(try await Migrator([first, second]).migrate(database, .sample()) == [])
        try await database.write { try $0.run("INSERT INTO notes (id, text) VALUES (1, 'x')") }
    }

    @Test(arguments: DatabaseFactory.all)
    func aStepThatFailsLeavesNoTrace(_ factory: DatabaseFactory) async throws {
        let database = try await factory.database()
        let broken = Migration(
            number: 2, name: "broken", compatibleWith: 2, template: "CREATE TABLE half (id {int64}); CREATE TABLE notes (id {int64})")
        await #expect(throws: DeskError.self) { try await Migrator([first, broken]).migrate(database, .sample()) }
        await #expect(throws: DeskError.self) { try await database.read { try $0.query("SELECT id FROM half") } }
        #expect(try await Migrator([first, second]).migrate(database, .sample()) == [2])
    }

    @Test(arguments: DatabaseFactory.all)
    func aStepThatChangedIsRefused(_ factory: DatabaseFactory) async throws {
        let database = try await factory.database()
        try await Migrator([first]).migrate(database, .sample())
        let changed = Migration(number: 1, name: "notes", compatibleWith: 1, template: "CREATE TABLE notes (id TEXT)")
        await #expect { try await Migrator([changed, second]).migrate(database, .sample()) } throws: { isRefusal($0) }
        await #expect(throws: DeskError.self) { try await database.read { try $0.query("SELECT text FROM notes") } }
    }

    @Test(arguments: DatabaseFactory.all)
    func aNewerSchemaIsRefused(_ factory: DatabaseFactory) async throws {
        let database = try await factory.database()
        try await Migrator([first, second]).migrate(database, .sample())
        await #expect { try await Migrator([first]).migrate(database, .sample()) } throws: { isRefusal($0) }
    }

    @Test(arguments: DatabaseFactory.all)
    func aNewerSchemaThatSaysItIsCompatibleIsUsed(_ factory: DatabaseFactory) async throws {
        let database = try await factory.database()
        try await Migrator([first, gentle]).migrate(database, .sample())
        #expect(try await Migrator([first]).migrate(database, .sample()) == [])
        try await database.read { try Migrator([first]).requireCurrent($0) }
    }

    @Test(arguments: DatabaseFactory.all)
    func aMissingStepIsNotReady(_ factory: DatabaseFactory) async throws {
        let database = try await factory.database()
        try await Migrator([first]).migrate(database, .sample())
        await #expect { try await database.read { try Migrator([first, second]).requireCurrent($0) } } throws: { isRefusal($0) }
    }

    @Test func theStepsOfThisProgramAreNumberedWithoutGaps() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
        #expect(Migration.all.allSatisfy { $0.compatibleWith <= $0.number })
    }

    private func isRefusal(_ error: any Error) -> Bool {
        (error as? DeskError)?.code == .schemaRefused && (error as? DeskError)?.isTransient == false
    }
}
