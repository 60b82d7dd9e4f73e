import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What an inbox may have missed is said, and stays said until a person clears it.
@Suite struct WatchChannelsTests {
    @Test func anOutageOfEightDaysMakesTheChannelDeafUntilAPersonClearsIt() async throws {
        let desk = try await Desk.open()
        try await desk.watching.noticeStart()
        try await desk.writes(id: "w1")
        let (stopped, length) = (desk.now, Duration.hours(8 * 24))
        desk.time.advance(by: length)
        try await desk.watching.noticeStart()

        let incident = try #require(try await desk.incidents().first)
        #expect((incident.kind, incident.beganAt, incident.endedAt) == (.deaf, stopped, stopped + length))
        #expect(try await desk.ledgerKinds().contains(.incidentOpened))

        try await desk.writes(id: "w2")
        try await desk.watching.watch(runningSince: desk.now)
        #expect(try await desk.incidents().count == 1)
        #expect(await code { _ = try await desk.clear(incident, word: " ") } == .invalidRequest)
        #expect(try await desk.incidents().count == 1)

        _ = try await desk.clear(incident, word: "Preguntamos por teléfono.")
        #expect(try await desk.incidents().isEmpty)
        #expect(try await desk.ledgerKinds().last == .incidentCleared)
        #expect(await code { _ = try await desk.clear(incident, word: "Otra vez") } == .invalidRequest)
    }

    @Test func aShorterOutageIsOnlyToldOf() async throws {
        let desk = try await Desk.open()
        try await desk.watching.noticeStart()
        desk.time.advance(by: .hours(6))
        try await desk.watching.noticeStart()
        #expect(try await desk.incidents().map(\.kind) == [.stopped])
    }

    @Test func aRestartIsNoOutage() async throws {
        let desk = try await Desk.open()
        try await desk.watching.noticeStart()
        desk.time.advance(by: .seconds(90))
        try await desk.watching.noticeStart()
        #expect(try await desk.incidents().isEmpty)
    }

    @Test func theFirstStartEverIsNoOutage() async throws {
        let desk = try await Desk.open()
        try await desk.watching.noticeStart()
        #expect(try await desk.incidents().isEmpty)
    }

    @Test func aSilenceAgainstAllCustomIsOneIncidentHoweverOftenItIsLookedAt() async throws {
        let desk = try await Desk.open()
        let running = try await desk.watching.noticeStart()
        for number in 0..<10 {
            try await desk.writes(id: "w\(number)")
            desk.time.advance(by: .hours(1))
        }
        desk.time.advance(by: .hours(12))
        for _ in 0..<3 {
            try await desk.watching.watch(runningSince: running)
            desk.time.advance(by: .minutes(1))
        }
        let ongoing = try #require(try await desk.incidents().first)
        #expect((ongoing.kind, ongoing.endedAt) == (.deaf, nil))

        try await desk.writes(id: "again")
        try await desk.watching.watch(runningSince: running)
        let ended = try await desk.incidents()
        #expect(ended.map(\.endedAt) == [desk.now])
        #expect(try await desk.ledgerKinds().count { $0 == .incidentOpened } == 1)
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func somebodyWithoutAPlaceInTheWorkspaceCannotClear() async throws {
        let desk = try await Desk.open()
        try await desk.watching.noticeStart()
        desk.time.advance(by: .hours(8 * 24))
        try await desk.watching.noticeStart()
        let incident = try #require(try await desk.incidents().first)
        try await desk.revoke(desk.assistant)
        #expect(await code { _ = try await desk.clear(incident, word: "Nada", by: desk.assistant) } == .notFound)
        #expect(try await desk.incidents().count == 1)
    }
}

extension Desk {
    fileprivate var watching: WatchChannels { WatchChannels(context) }

    fileprivate func incidents() async throws -> [Incident] {
        let scope = sample.scope
        return try await read { try $0.incidents.uncleared(scope: scope, limit: 100) }
    }

    fileprivate func clear(_ incident: Incident, word: String, by user: User? = nil) async throws -> Incident {
        try await ClearIncident(context).clear(incident.id, word: word, by: (user ?? principal).id)
    }
}
