import DeskCore
import DeskServices
import DeskTesting
import Testing

/// The reading log in the store (promise P5).
@Suite struct ReadingContract {
    @Test(arguments: StorageFactory.all)
    func aReadingIsReadBackAsItWas(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let ana = try await desk.ana()
        let full = Reading(
            id: desk.build.id(), workspace: desk.workspace.id, reader: desk.principal.id, seenBy: ana, act: .revealed,
            way: .command, conversation: desk.build.id(), details: ["reason": "¿Por qué no? \"sí\"; '--"], at: desk.build.now)
        let bare = desk.reading(.listed)
        try await desk.record([full, bare])
        #expect(try await desk.readings() == [bare, full])
    }

    @Test(arguments: StorageFactory.all, Reading.Act.allCases)
    func everyActIsReadBack(_ factory: StorageFactory, _ act: Reading.Act) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let reading = desk.reading(act)
        try await desk.record([reading])
        #expect(try await desk.readings(ReadingFilter(act: act)) == [reading])
    }

    @Test(arguments: StorageFactory.all)
    func theLatestOfOneKindIsFoundByExactlyThat(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (one, other, stranger): (Conversation.ID, Conversation.ID, User.ID) = (desk.build.id(), desk.build.id(), desk.build.id())
        let now = desk.build.now
        let older = desk.reading(.opened, of: one, at: now - .minutes(10))
        let newer = desk.reading(.opened, of: one, at: now - .minutes(5))
        let list = desk.reading(.listed, at: now - .minutes(5))
        try await desk.record([newer, older, list, desk.reading(.opened, of: other, at: now), desk.reading(.revealed, of: other, at: now)])
        let (workspace, reader) = (desk.workspace.id, desk.principal.id)
        try await desk.storage.read { session throws in
            let readings = session.readings
            #expect(try readings.latest(.opened, of: one, by: reader, in: workspace, since: now - .hours(1)) == newer)
            #expect(try readings.latest(.opened, of: one, by: reader, in: workspace, since: newer.at) == newer)
            #expect(try readings.latest(.opened, of: one, by: reader, in: workspace, since: newer.at + .microseconds(1)) == nil)
            #expect(try readings.latest(.revealed, of: one, by: reader, in: workspace, since: now - .hours(1)) == nil)
            #expect(try readings.latest(.opened, of: one, by: stranger, in: workspace, since: now - .hours(1)) == nil)
            #expect(try readings.latest(.opened, of: one, by: reader, in: Workspace.ID("other"), since: now - .hours(1)) == nil)
            #expect(try readings.latest(.listed, of: nil, by: reader, in: workspace, since: now - .hours(1)) == list)
            #expect(try readings.latest(.opened, of: nil, by: reader, in: workspace, since: now - .hours(1)) == nil)
        }
    }

    @Test(arguments: StorageFactory.all)
    func theLogIsNarrowedByReaderConversationAndAct(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (one, other): (Conversation.ID, Conversation.ID) = (desk.build.id(), desk.build.id())
        let ana = try await desk.ana()
        let readings = [
            desk.reading(.opened, of: one), desk.reading(.opened, of: other), desk.reading(.revealed, of: one),
            desk.reading(.opened, of: one, by: ana), desk.reading(.listed, by: ana),
        ]
        try await desk.record(readings)
        let cases: [(ReadingFilter, [Int])] = [
            (ReadingFilter(), [4, 3, 2, 1, 0]), (ReadingFilter(reader: ana), [4, 3]), (ReadingFilter(conversation: one), [3, 2, 0]),
            (ReadingFilter(act: .opened), [3, 1, 0]), (ReadingFilter(reader: ana, conversation: one, act: .opened), [3]),
            (ReadingFilter(reader: ana, conversation: other), []),
        ]
        for (filter, expected) in cases { #expect(try await desk.readings(filter) == expected.map { readings[$0] }, "\(filter)") }
    }

    @Test(arguments: StorageFactory.all)
    func pagesTogetherAreTheWholeLogWithoutGapOrRepeat(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let elsewhere = try await SampleDesk.open(in: desk.storage, build: desk.build, named: "Otra")
        let mine = (0..<23).map { _ in desk.reading(.opened, of: Conversation.ID("same")) }
        try await desk.record(mine)
        try await elsewhere.record((0..<5).map { _ in elsewhere.reading(.opened) })
        let workspace = desk.workspace.id
        let pages = try await desk.storage.pages { try $0.readings.readings(in: workspace, ReadingFilter(), limit: 5, cursor: $1) }
        #expect(pages.map(\.count) == [5, 5, 5, 5, 3])
        #expect(pages.flatMap { $0 } == mine.reversed())
    }

    @Test(arguments: StorageFactory.all, ["", "x", "' OR 1=1 --"])
    func aCursorThatIsNoneIsRefused(_ factory: StorageFactory, _ cursor: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let workspace = desk.workspace.id
        await #expect {
            _ = try await desk.storage.value { try $0.readings.readings(in: workspace, ReadingFilter(), limit: 5, cursor: cursor) }
        } throws: {
            ($0 as? DeskError)?.code == .invalidRequest
        }
    }
}

extension SampleDesk {
    /// Somebody else.
    fileprivate func ana() async throws -> User.ID {
        let ana = build.user("Ana")
        try await storage.write { try $0.people.insert(ana, at: build.now) }
        return ana.id
    }

    fileprivate func reading(
        _ act: Reading.Act, of conversation: Conversation.ID? = nil, by reader: User.ID? = nil, at instant: Instant? = nil
    ) -> Reading {
        Reading(
            id: build.id(), workspace: workspace.id, reader: reader ?? principal.id, act: act, way: .page, conversation: conversation,
            at: instant ?? build.now)
    }

    fileprivate func record(_ readings: [Reading]) async throws {
        try await storage.write { session in
            for reading in readings { try session.readings.insert(reading) }
        }
    }

    fileprivate func readings(_ filter: ReadingFilter = ReadingFilter()) async throws -> [Reading] {
        let workspace = workspace.id
        return try await storage.value { try $0.readings.readings(in: workspace, filter, limit: 100, cursor: nil).items }
    }
}
