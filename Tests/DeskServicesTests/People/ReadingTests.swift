import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Who saw what, before it is shown (promise P5).
struct RecordReadingTests {
    @Test func openingIsOneReadingForFiveMinutes() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        for (minutes, count) in [(0, 1), (5, 1), (1, 2), (4, 2)] {
            desk.time.advance(by: .minutes(minutes))
            try await desk.recording.opened(id, in: desk.workspace.id, by: desk.reader)
            #expect(try await desk.readings().count == count)
        }
        let reading = try #require(try await desk.readings().last)
        #expect(reading.reader == desk.assistant.id && reading.act == .opened && reading.way == .page && reading.conversation == id)
    }

    @Test func aListIsOneReadingForAQuarterOfAnHour() async throws {
        let desk = try await Desk.open()
        for (minutes, count) in [(0, 1), (15, 1), (1, 2)] {
            desk.time.advance(by: .minutes(minutes))
            try await desk.recording.listed([desk.workspace.id], by: desk.reader)
            #expect(try await desk.readings().count == count)
        }
    }

    /// Each search and each file is something else.
    @Test func everySearchAndEveryFileIsAReading() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        for _ in 0..<2 {
            try await desk.recording.searched("tornillos", in: [desk.workspace.id], by: desk.reader)
            try await desk.recording.took(.downloaded, "lista.pdf", of: id, in: desk.workspace.id, by: desk.reader)
        }
        let readings = try await desk.readings()
        #expect(readings.map(\.act) == [.downloaded, .searched, .downloaded, .searched])
        #expect(Set(readings.map(\.details)) == [["words": "tornillos"], ["what": "lista.pdf"]])
    }

    @Test func whatThePrincipalSeesWithAnothersEyesIsAReadingOfItsOwn() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        try await desk.recording.opened(id, in: desk.workspace.id, by: desk.reader)
        let eyes = Reader(desk.assistant.id, seenBy: desk.principal.id, by: .page)
        try await desk.recording.opened(id, in: desk.workspace.id, by: eyes)
        #expect(try await desk.readings().map(\.seenBy) == [desk.principal.id, nil])
    }

    @Test func whatCanNotBeWrittenDownIsNotShownButToThePrincipal() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        desk.storage.refuse(writes: 100)
        #expect(await code { try await desk.recording.opened(id, in: desk.workspace.id, by: desk.reader) } == .storageUnavailable)
        #expect(await code { try await desk.recording.listed([desk.workspace.id], by: desk.reader) } == .storageUnavailable)
        #expect(await code { try await desk.recording.searched("a", in: [desk.workspace.id], by: desk.reader) } == .storageUnavailable)
        let own = Reader(desk.principal.id, by: .page)
        #expect(await code { try await desk.recording.opened(id, in: desk.workspace.id, by: own) } == nil)
        #expect(await code { try await desk.recording.listed([desk.workspace.id], by: own) } == nil)
        desk.storage.refuse(writes: 0)
        #expect(try await desk.readings().isEmpty)
    }

    /// A principal elsewhere is nobody here.
    @Test func aPrincipalOfAnotherWorkspaceIsShownNothingUnrecorded() async throws {
        let desk = try await Desk.open()
        let other = try await SampleDesk.open(in: desk.storage, build: desk.sample.build, named: "Otra")
        desk.storage.refuse(writes: 100)
        let reader = Reader(other.principal.id, by: .page)
        let refusal = await code { try await desk.recording.listed([other.workspace.id, desk.workspace.id], by: reader) }
        #expect(refusal == .storageUnavailable)
    }
}

/// Uncovering one conversation's numbers for a while.
struct RevealTests {
    @Test func coversAgainAfterAQuarterOfAnHour() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        let able = try await desk.member(.assistant, with: Grant(actions: [.read, .reveal]))
        #expect(try await desk.isMasked(for: able))
        try await desk.recording.reveal(id, reason: "Pidió que lo llame", by: Reader(able.id, by: .page))
        #expect(try await !desk.isMasked(for: able))
        #expect(try await desk.isMasked(for: desk.assistant), "to nobody else")
        desk.time.advance(by: RecordReading.revealed)
        #expect(try await !desk.isMasked(for: able))
        desk.time.advance(by: .microseconds(1))
        #expect(try await desk.isMasked(for: able))
        #expect(try await desk.readings().map(\.details) == [["reason": "Pidió que lo llame"]])
    }

    @Test func takesNothingFromThePrincipalToWhomNothingIsCovered() async throws {
        let desk = try await Desk.open()
        _ = try await desk.met()
        #expect(try await !desk.isMasked(for: desk.principal))
    }

    @Test func uncoversOneConversationAndNoOther() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        try await desk.writes(id: "wamid.2", from: .bruno)
        let able = try await desk.member(.supervisor)
        try await desk.recording.reveal(id, reason: "Pidió que lo llame", by: Reader(able.id, by: .page))
        #expect(try await desk.isMasked(with: .bruno, for: able))
    }

    @Test(arguments: ["", "   ", "123", "...", String(repeating: "a", count: RecordReading.longestReason + 1)])
    func needsAReason(reason: String) async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        let able = try await desk.member(.supervisor)
        #expect(await code { try await desk.recording.reveal(id, reason: reason, by: Reader(able.id, by: .page)) } == .invalidRequest)
        #expect(try await desk.readings().isEmpty)
    }

    @Test func needsTheAction() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        #expect(await code { try await desk.recording.reveal(id, reason: "Quiero", by: desk.reader) } == .outOfGrant)
        let blind = try await desk.member(.assistant, with: Grant(actions: [.read, .reveal], topics: [.job]))
        #expect(await code { try await desk.recording.reveal(id, reason: "Quiero", by: Reader(blind.id, by: .page)) } == .notFound)
        #expect(try await desk.readings().isEmpty)
    }

    /// A store that fails reveals to nobody: this is what the log is for.
    @Test func isRefusedWhenItCanNotBeWrittenDown() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        let able = try await desk.member(.supervisor)
        desk.storage.refuse(writes: 1)
        let refusal = await code { try await desk.recording.reveal(id, reason: "Quiero", by: Reader(able.id, by: .page)) }
        #expect(refusal == .storageUnavailable)
        #expect(try await desk.isMasked(for: able))
    }

    /// Who loses the action loses what they uncovered with it.
    @Test func endsWithTheGrant() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        let able = try await desk.member(.supervisor)
        try await desk.recording.reveal(id, reason: "Quiero", by: Reader(able.id, by: .page))
        _ = try await desk.govern.set(.assistant, nil, of: able.id, in: desk.workspace.id, by: desk.principal.id)
        #expect(try await desk.isMasked(for: able))
    }
}

/// The reading log, for the principal.
struct ReadingLogTests {
    @Test func isThePrincipalsAlone() async throws {
        let desk = try await Desk.open()
        let all = Grant(actions: Set(Policy.Action.allCases))
        for role in Role.allCases where role != .principal {
            let member = try await desk.member(role, with: all)
            #expect(await code { _ = try await desk.log(for: member) } == .outOfGrant, "\(role)")
            #expect(
                await code { _ = try await ReadingLog(desk.context).week(of: desk.workspace.id, for: member.id) } == .outOfGrant, "\(role)")
        }
        #expect(await code { _ = try await desk.log(for: desk.sample.build.user()) } == .notFound)
        #expect(try await desk.log(for: desk.principal).items.isEmpty)
    }

    @Test func theWeekCountsOpeningsAndReplies() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        try await desk.recording.opened(id, in: desk.workspace.id, by: desk.reader)
        _ = try await desk.reply()
        desk.time.advance(by: .minutes(6))
        try await desk.recording.opened(id, in: desk.workspace.id, by: desk.reader)
        let week = try await ReadingLog(desk.context).week(of: desk.workspace.id, for: desk.principal.id)
        #expect(week.members.map(\.member) == [desk.assistant.id])
        #expect(week.members.map(\.opened) == [2])
        #expect(week.members.map(\.answered) == [1])
        #expect(week.notes.isEmpty)

        desk.time.advance(by: ReadingLog.noted + .seconds(1))
        #expect(try await ReadingLog(desk.context).week(of: desk.workspace.id, for: desk.principal.id).members.isEmpty)
    }

    /// 12:00 UTC is 9 in the morning in Buenos Aires; six hours earlier it is 3 at night there.
    @Test func nightIsThatOfTheDesksPlace() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        for _ in 0..<5 { try await desk.opens(id, by: desk.assistant) }
        #expect(try await desk.notes().isEmpty)
        desk.time.advance(by: .hours(18))
        for _ in 0..<5 { try await desk.opens(id, by: desk.assistant) }
        #expect(try await desk.notes() == [ReadingNote(reader: desk.assistant.id, kind: .oddHours, count: 5)])
    }

    @Test func nothingIsNotedOfThePrincipal() async throws {
        let desk = try await Desk.open()
        let id = try await desk.met()
        desk.time.advance(by: .hours(18))
        for _ in 0..<25 { try await desk.opens(id, by: desk.principal) }
        #expect(try await desk.notes().isEmpty)
    }
}

extension Desk {
    fileprivate var recording: RecordReading { RecordReading(context) }
    fileprivate var reader: Reader { Reader(assistant.id, by: .page) }

    /// A conversation that somebody began.
    fileprivate func met() async throws -> Conversation.ID {
        try await writes(id: "wamid.1")
        return try await conversation().id
    }

    fileprivate func opens(_ id: Conversation.ID, by user: User) async throws {
        try await recording.opened(id, in: workspace.id, by: Reader(user.id, by: .page))
        time.advance(by: RecordReading.sameReading + .seconds(1))
    }

    fileprivate func log(for user: User) async throws -> Page<Reading> {
        try await ReadingLog(context).page(of: workspace.id, ReadingFilter(), limit: 100, cursor: nil, for: user.id)
    }

    fileprivate func readings() async throws -> [Reading] { try await log(for: principal).items }

    fileprivate func notes() async throws -> [ReadingNote] {
        try await ReadingLog(context).week(of: workspace.id, for: principal.id).notes
    }

    fileprivate func isMasked(with correspondent: Correspondent = .marta, for user: User) async throws -> Bool {
        let conversation = try await conversation(with: correspondent)
        let now = now
        return try await read { try Authorization($0, at: now).isMasked(conversation, for: user.id) }
    }
}
