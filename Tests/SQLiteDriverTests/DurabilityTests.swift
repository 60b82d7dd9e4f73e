import DeskCore
import DeskServices
import DeskTesting
import Foundation
import SQLStore
import SQLiteDriver
import Testing

@Suite struct DurabilityTests {
    /// What a power cut leaves: the files as they are, without anybody having closed them.
    @Test func whatWasCommittedIsThereAfterTheFilesWereTakenAway() async throws {
        let folder = try TemporaryFolder()
        let elsewhere = try TemporaryFolder()
        let storage = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample()) { _ in }
        let desk = try await SampleDesk.open(in: storage)
        let said = try await desk.say("Hola", in: desk.meet().conversation)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.path("desk.sqlite" + suffix), toPath: elsewhere.path("desk.sqlite" + suffix))
        }
        let recovered = try await SQLiteStorage.open(path: elsewhere.path("desk.sqlite"), vault: .sample()) { _ in }
        #expect(try await recovered.read { try $0.messages.message(said.message.id) } == said.message)
        #expect(try await recovered.read { try $0.search.search("hola", scope: desk.scope, limit: 5, cursor: nil).items.count } == 1)
    }

    @Test func commitsWaitForTheDisk() async throws {
        let folder = try TemporaryFolder()
        let database = try SQLiteDatabase(path: folder.path("desk.sqlite")) { _ in }
        let settings = try await database.write { connection in
            [
                try connection.number("PRAGMA synchronous", "synchronous"), try connection.number("PRAGMA foreign_keys", "foreign_keys"),
                try connection.number("PRAGMA mmap_size", "mmap_size"), try connection.number("PRAGMA secure_delete", "secure_delete"),
            ]
        }
        #expect(settings == [2, 1, 0, 1])
        #expect(FileManager.default.fileExists(atPath: folder.path("desk.sqlite-wal")))
    }

    @Test func aReadCanNotWrite() async throws {
        let folder = try TemporaryFolder()
        let database = try SQLiteDatabase(path: folder.path("desk.sqlite")) { _ in }
        try await database.write { try $0.run("CREATE TABLE notes (text TEXT)") }
        await #expect(throws: DeskError.self) { try await database.read { try $0.run("INSERT INTO notes VALUES ('x')") } }
    }

    @Test func aFileThatIsNoDatabaseIsNamedAsDamaged() async throws {
        let folder = try TemporaryFolder()
        try Data("not a database, and longer than a header of one would have to be, so that SQLite looks at it".utf8)
            .write(to: URL(filePath: folder.path("desk.sqlite")))
        await #expect { _ = try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample()) { _ in } } throws: { error in
            (error as? DeskError)?.code == .storageDamaged && (error as? DeskError)?.message.contains("damaged") == true
        }
    }

    @Test func textsAndBytesAreKeptToTheLast() async throws {
        let database = try SQLiteDatabase(inMemory: { _ in })
        let texts = ["", "\u{0}", "a\u{0}b", "🏴‍☠️", "e\u{301}", String(repeating: "ñ", count: 100_000)]
        try await database.write { try $0.run("CREATE TABLE kept (text TEXT, bytes BLOB)") }
        for text in texts {
            let kept = try await database.write { connection in
                try connection.run("DELETE FROM kept")
                try connection.run("INSERT INTO kept VALUES (\(text), \(Array(text.utf8)))")
                let row = try #require(try connection.first("SELECT text, bytes FROM kept"))
                return (try row.text("text"), try row.blob("bytes"))
            }
            #expect(Array(kept.0.utf8) == Array(text.utf8))
            #expect(kept.1 == Array(text.utf8))
        }
    }
}
