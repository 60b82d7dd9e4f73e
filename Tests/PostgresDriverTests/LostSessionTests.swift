import DeskCore
import DeskTesting
import PostgresDriver
import SQLStore
import Testing

/// The server ends a session at the two moments at which it matters most: before anything has begun, and at the commit.
@Suite(.timeLimit(.minutes(3))) struct LostSessionTests {
    @Test func aWriteWhoseSessionEndsWhileItWaitsForItsTurnGoesOnInAnother() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        let other = try PostgresDatabase(place.address, readers: 1) { _ in }
        let (hasTurn, turn) = AsyncStream.makeStream(of: Void.self)
        try await database.note("a")
        async let ending: Void = other.write { connection in
            turn.finish()
            while try connection.query(Self.endingWhoWaits).isEmpty {}
        }
        for await _ in hasTurn {}
        try await database.note("b")
        try await ending
        #expect(try await database.notes() == ["a", "b"])
        await database.close()
        await other.close()
    }

    private static let endingWhoWaits: SQLStatement = """
        SELECT pg_terminate_backend(pid) AS ended FROM pg_locks
        WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """

    @Test func aCommitThatTheServerNeverAnsweredIsNotAcknowledged() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        try await database.write { connection in
            for statement in Self.leavingAtTheCommit { try connection.run(statement) }
        }
        let error = await refusal { try await database.note("a") }
        #expect(error?.code == .storageUnavailable)
        #expect(try await database.notes() == [])
        await database.close()
    }

    /// A session that inserts a note ends itself as the last thing before its commit.
    private static let leavingAtTheCommit: [SQLStatement] = [
        """
        CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
        """,
        """
        CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION leave()
        """,
    ]
}
