import DeskCore
import DeskServices
import DeskTesting
import PostgresDriver
import SQLStore
import Testing

@Suite struct TransactionTests {
    private struct Refused: Error {}

    @Test func aStatementThatFailedIsNeverAcknowledgedWithTheRest() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        try await database.note("a")
        let error = await refusal {
            try await database.write { connection in
                try connection.run("INSERT INTO notes VALUES ('b')")
                _ = try? connection.run("INSERT INTO notes VALUES ('a')")
            }
        }
        #expect(error?.code == .storageFault)
        #expect(try await database.notes() == ["a"])
        await database.close()
    }

    @Test func aPartThatFailsTakesOnlyItselfAway() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        try await database.write { connection in
            try connection.run("INSERT INTO notes VALUES ('a')")
            for note in ["b", "a", "c"] {
                _ = try? connection.savepoint { () throws -> Void in
                    try connection.run("INSERT INTO notes VALUES (\(note))")
                    try connection.savepoint { _ = try connection.run("INSERT INTO notes VALUES (\(note + "!"))") }
                    if note == "c" { throw Refused() }
                }
            }
            try connection.run("INSERT INTO notes VALUES ('d')")
        }
        #expect(try await database.notes() == ["a", "b", "b!", "d"])
        await database.close()
    }

    /// What is performed may fail later than it is said; it must fail the part that it stands in, and nothing else.
    @Test func whatIsPerformedFailsItsOwnPart() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        try await database.note("a")
        let kept = try await database.write { connection in
            try connection.perform("INSERT INTO notes VALUES ('b')")
            let inner: Void? = try? connection.savepoint { try connection.perform("INSERT INTO notes VALUES ('a')") }
            try connection.perform("INSERT INTO notes VALUES ('c')")
            return inner == nil
        }
        #expect(kept)
        let error = await refusal {
            try await database.write { connection in
                try connection.perform("INSERT INTO notes VALUES ('d')")
                try connection.perform("INSERT INTO notes VALUES ('a')")
                // Whoever takes this part's failure for the part's own must not lose what came before it.
                _ = try? connection.savepoint { try connection.run("INSERT INTO notes VALUES ('e')") }
            }
        }
        #expect(error?.code == .storageConflict || error?.code == .storageFault)
        #expect(try await database.notes() == ["a", "b", "c"])
        await database.close()
    }

    @Test func moreThanTheNetworkHoldsCanBePerformed() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        try await database.write { connection in
            for number in 0..<5_000 {
                try connection.perform("INSERT INTO notes VALUES (\("\(number) " + String(repeating: "x", count: 200)))")
            }
        }
        #expect(try await database.notes().count == 5_000)
        await database.close()
    }

    @Test func whenABodyEndsItsTransactionNothingRunsOn() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        let error = await refusal {
            try await database.write { connection in
                try connection.run("ROLLBACK")
                try connection.run("INSERT INTO notes VALUES ('b')")
            }
        }
        #expect(error?.code == .storageUnavailable)
        #expect(try await database.notes() == [])
        try await database.note("c")
        #expect(try await database.notes() == ["c"])
        await database.close()
    }

    @Test func aReadCanNotWriteAndSeesOneState() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        let error = await refusal { try await database.read { _ = try $0.run("INSERT INTO notes VALUES ('x')") } }
        #expect(error != nil)
        let isolation = try await database.read { try $0.first("SHOW transaction_isolation")?.text("transaction_isolation") }
        #expect(isolation == "repeatable read")
        #expect(try await database.notes() == [])
        await database.close()
    }

    @Test func aClosedDatabaseRefusesAndWhatWaitedIsDone() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try await PostgresDatabase.withNotes(place)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { try await database.note("\(number)") } }
            try await group.waitForAll()
        }
        await database.close()
        #expect(await refusal { _ = try await database.notes() }?.code == .storageUnavailable)
        #expect(await refusal { try await database.note("x") }?.code == .storageUnavailable)
        let again = try PostgresDatabase(place.address) { _ in }
        #expect(try await again.notes().count == 20)
        await again.close()
    }
}

/// Several servers on one database.
@Suite(.timeLimit(.minutes(10))) struct SeveralServersTests {
    @Test func twoWritersKeepOneChainAndOneSequence() async throws {
        let place = try await PostgresCluster.shared().database()
        let ears = [EventEar(), EventEar()]
        let first = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { ears[0].hear($0) }
        let second = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { ears[1].hear($0) }
        let desk = try await SampleDesk.open(in: first)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<120 {
                let storage = number.isMultiple(of: 2) ? first : second
                group.addTask {
                    try await storage.write { session in
                        try session.ledger.append(LedgerFact(.messageReceived, "\(number)"), in: desk.workspace.id, at: desk.build.now)
                        try session.events.append(
                            DeskEvent(workspace: desk.workspace.id, kind: .noteAdded, conversation: .init("c"), at: desk.build.now))
                    }
                }
            }
            try await group.waitForAll()
        }
        var chain = LedgerChain(of: desk.workspace.id)
        for entry in try await first.read({ try $0.ledger.entries(of: desk.workspace.id, after: 0, limit: 500) }) {
            try chain.follow(entry)
        }
        #expect(chain.head.sequence == 120)
        for ear in ears {
            await ear.waits(for: 120)
            #expect(ear.numbers == Array(1...120))
        }
        await first.close()
        await second.close()
    }

    @Test func anotherServersCommitIsHeard() async throws {
        let place = try await PostgresCluster.shared().database()
        let ear = EventEar()
        let first = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { ear.hear($0) }
        let second = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { _ in }
        let desk = try await SampleDesk.open(in: second)
        for _ in 0..<3 { try await second.ring(desk) }
        await ear.waits(for: 3)
        try await first.ring(desk)
        await ear.waits(for: 4)
        #expect(ear.numbers == [1, 2, 3, 4])
        await first.close()
        await second.close()
    }

    @Test func aListenerThatWasCutOffReadsWhatItMissed() async throws {
        let place = try await PostgresCluster.shared().database()
        let ear = EventEar()
        let first = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { ear.hear($0) }
        let second = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { _ in }
        let desk = try await SampleDesk.open(in: second)
        try await second.ring(desk)
        await ear.waits(for: 1)
        let cut = try PostgresDatabase(place.address, readers: 1) { _ in }
        try await cut.write { connection in
            // Everybody else, in the very transaction of the event: nobody is left who could hear of it.
            try connection.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            try SQLSession.events(on: connection).append(
                DeskEvent(workspace: desk.workspace.id, kind: .noteAdded, conversation: .init("c"), at: desk.build.now))
        }
        await ear.waits(for: 2)
        #expect(ear.numbers == [1, 2])
        await cut.close()
        await first.close()
        await second.close()
    }

    @Test func serversThatStartTogetherMigrateOnce() async throws {
        let address = try PostgresCluster.shared().emptyDatabase()
        try await withThrowingTaskGroup(of: SQLStorage.self) { group in
            for _ in 0..<4 { group.addTask { try await PostgresStorage.open(address, vault: .sample(), readers: 1) { _ in } } }
            for try await storage in group {
                try await storage.checkReadiness()
                await storage.close()
            }
        }
    }
}
