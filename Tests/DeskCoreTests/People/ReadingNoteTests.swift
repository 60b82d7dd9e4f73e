import DeskCore
import Testing

/// What is out of the ordinary in how somebody reads.
struct ReadingNoteTests {
    private static let day: @Sendable (Instant) -> Int = { _ in 11 }

    @Test(arguments: [(19, 0, false), (20, 0, true), (20, 3, true), (20, 4, false), (21, 4, true), (100, 20, false), (101, 20, true)])
    func muchReadingIsOpeningManyAndAnsweringFew(conversations: Int, replies: Int, isNoted: Bool) {
        let readings = (0..<conversations).map { Self.opening(of: "c\($0)") }
        let notes = ReadingNote.notes(on: readings, replies: [Sample.member: replies], hour: Self.day)
        let expected = ReadingNote(reader: Sample.member, kind: .muchReading, count: conversations)
        #expect(notes == (isNoted ? [expected] : []))
    }

    /// Twenty looks at five conversations are no more than five conversations.
    @Test func muchReadingCountsConversationsAndNotLooks() {
        let readings = (0..<50).map { Self.opening(of: "c\($0 % 5)") }
        #expect(ReadingNote.notes(on: readings, replies: [:], hour: Self.day).isEmpty)
    }

    @Test(arguments: [(0, true), (5, true), (6, false), (12, false), (23, false)])
    func oddHoursAreTheNightOfTheDesksPlace(hour: Int, isNoted: Bool) {
        let readings = (0..<5).map { Self.opening(of: "c\($0)") }
        let notes = ReadingNote.notes(on: readings, replies: [:], hour: { _ in hour })
        #expect(notes == (isNoted ? [ReadingNote(reader: Sample.member, kind: .oddHours, count: 5)] : []))
        #expect(ReadingNote.notes(on: Array(readings.dropLast()), replies: [:], hour: { _ in hour }).isEmpty)
    }

    @Test func theHourIsAskedOfEachReading() {
        let readings = (0..<10).map { Self.opening(of: "c\($0)", at: .noon(plus: .hours($0))) }
        let notes = ReadingNote.notes(on: readings, replies: [:], hour: { $0 < .noon(plus: .hours(6)) ? 3 : 9 })
        #expect(notes == [ReadingNote(reader: Sample.member, kind: .oddHours, count: 6)])
    }

    @Test(arguments: [(19, false), (20, true)])
    func oneConversationAgainAndAgainIsNoted(times: Int, isNoted: Bool) {
        let readings = (0..<times).map { _ in Self.opening(of: "same") } + [Self.opening(of: "other")]
        let note = ReadingNote(reader: Sample.member, kind: .oneConversation, count: times, conversation: Conversation.ID("same"))
        #expect(ReadingNote.notes(on: readings, replies: [:], hour: Self.day) == (isNoted ? [note] : []))
    }

    @Test(arguments: Reading.Act.allCases.filter { $0 != .opened })
    func onlyOpeningsCount(act: Reading.Act) {
        let readings = (0..<200).map { Self.opening(of: "c\($0)", act: act) }
        #expect(ReadingNote.notes(on: readings, replies: [:], hour: { _ in 3 }).isEmpty)
    }

    @Test func whatThePrincipalSawWithTheReadersEyesIsNotTheReaders() {
        let readings = (0..<200).map { Self.opening(of: "c\($0)", seenBy: User.ID("principal")) }
        #expect(ReadingNote.notes(on: readings, replies: [:], hour: { _ in 3 }).isEmpty)
    }

    @Test func eachReaderIsLookedAtAlone() {
        let readings = ["ana", "luis"].flatMap { reader in (0..<15).map { Self.opening(of: "c\($0)", by: User.ID(reader)) } }
        #expect(ReadingNote.notes(on: readings, replies: [:], hour: Self.day).isEmpty)
        let night = ReadingNote.notes(on: readings, replies: [:], hour: { _ in 3 })
        #expect(night.map(\.reader) == [User.ID("ana"), User.ID("luis")])
    }

    @Test func nothingReadIsNothingNoted() {
        #expect(ReadingNote.notes(on: [], replies: [Sample.member: 4], hour: Self.day).isEmpty)
    }

    private static func opening(
        of conversation: String, by reader: User.ID = Sample.member, seenBy: User.ID? = nil, act: Reading.Act = .opened,
        at instant: Instant = Sample.noon
    ) -> Reading {
        Reading(
            id: Reading.ID("reading"), workspace: Sample.workspace, reader: reader, seenBy: seenBy, act: act, way: .page,
            conversation: Conversation.ID(conversation), at: instant)
    }
}
