import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// A principal is told every evening what the desk did, and gets the proof of it.
struct SummaryTests {
    private let keys = MemoryHeadKeys()
    private let box = ScriptedNotices()

    private func desk() async throws -> Desk {
        var desk = try await Desk.open()
        desk.notices = box
        return desk
    }

    private func plan(_ desk: Desk, namesContacts: Bool = true) async throws {
        let plan = try SummaryPlan(inbox: desk.inbox.id, minute: 1_200, namesContacts: namesContacts)
        try await PlanSummary(desk.context).set(plan, in: desk.workspace.id, by: desk.principal.id)
    }

    private func worker(_ desk: Desk) -> SendSummaries { SendSummaries(desk.context, signing: keys, writing: PlainWriter()) }

    private func progress(_ desk: Desk) async throws -> SummaryProgress? {
        let (workspace, principal) = (desk.workspace.id, desk.principal.id)
        return try await desk.read { try $0.summaries.job(of: principal, in: workspace)?.progress }
    }

    private func evening(_ desk: Desk) async throws {
        let due = try #require(try await progress(desk)?.nextAt)
        desk.time.advance(by: due - desk.now)
    }

    @Test func itTellsWhatCameWhatWasAnsweredAndWhoStillWaits() async throws {
        let desk = try await desk()
        try await plan(desk)
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(7))
        _ = try await desk.reply()
        await desk.deliver()
        try await desk.writes("¿Y clavos?", id: "wamid.2")
        try await evening(desk)
        await worker(desk).round()
        let notice = try #require(box.sent.first)
        #expect(box.sent.count == 1)
        #expect(notice.recipientAddress == desk.principal.email)
        #expect(notice.subject == "1 owed, 1 late")
        #expect(notice.text.hasPrefix("2 in, 1 answered, 0 without; Marta"))
        #expect(!notice.text.contains("clavos"))
    }

    @Test func itCarriesTheNewestHeadAndItsKey() async throws {
        let desk = try await desk()
        try await plan(desk)
        try await desk.writes(id: "wamid.1")
        try await evening(desk)
        let entries = try await desk.ledger().count
        await worker(desk).round()
        let notice = try #require(box.sent.first)
        let note = try #require(notice.files.first).text
        let head = try #require(SignedHead(note: note))
        #expect(head.checkpoint.size == Int64(entries))
        let key = try #require(try await keys.key(of: desk.workspace.id))
        #expect(notice.files.last?.text == key.text + "\n")
        #expect(try await progress(desk)?.sent?.entries == Int64(entries))
        #expect(try await desk.ledger().last?.kind == .summarySent)
    }

    @Test func nobodyIsNamedWhereNamesAreNotWanted() async throws {
        let desk = try await desk()
        try await plan(desk, namesContacts: false)
        try await desk.writes(id: "wamid.1")
        try await evening(desk)
        await worker(desk).round()
        let text = try #require(box.sent.first).text
        #expect(text.contains("? since") && !text.contains("Marta"))
    }

    @Test func itLeavesOnceADayAndTheNextTellsOnlyWhatIsNew() async throws {
        let desk = try await desk()
        try await plan(desk)
        try await desk.writes(id: "wamid.1")
        try await evening(desk)
        await worker(desk).round()
        await worker(desk).round()
        #expect(box.sent.count == 1)
        try await evening(desk)
        await worker(desk).round()
        #expect(box.sent.map { $0.text.prefix(4) } == ["1 in", "0 in"])
    }

    /// The same mail, so that a program that got it twice shows it once.
    @Test func whatDidNotLeaveIsTriedAgainAsTheSameMail() async throws {
        let desk = try await desk()
        try await plan(desk)
        box.script(.rejected(DeliveryFailure(.transient, code: "421", text: "Busy.")))
        try await evening(desk)
        await worker(desk).round()
        #expect(try await progress(desk)?.failure == "Busy.")
        await worker(desk).round()
        #expect(box.sent.count == 1)
        try await evening(desk)
        await worker(desk).round()
        #expect(box.sent.count == 2 && box.sent[0].id == box.sent[1].id)
        #expect(try await progress(desk)?.failure == nil)
        try await evening(desk)
        await worker(desk).round()
        #expect(box.sent[2].id != box.sent[0].id)
    }

    @Test func whatMayHaveLeftIsNotSentAgainAndItsTimeIsToldOnceMore() async throws {
        let desk = try await desk()
        try await plan(desk)
        try await desk.writes(id: "wamid.1")
        box.script(.unknown(reason: "The line broke."))
        try await evening(desk)
        await worker(desk).round()
        desk.time.advance(by: .hours(2))
        await worker(desk).round()
        #expect(box.sent.count == 1)
        try await evening(desk)
        await worker(desk).round()
        #expect(box.sent.map { $0.text.prefix(4) } == ["1 in", "1 in"])
    }

    @Test func whoNoLongerDecidesIsToldNothing() async throws {
        let desk = try await desk()
        try await plan(desk)
        let (workspace, principal, now) = (desk.workspace.id, desk.principal.id, desk.now)
        try await desk.write { session in
            var membership = try #require(try session.people.memberships(of: principal).first { $0.workspace == workspace })
            membership.revokedAt = now
            try session.people.update(membership)
        }
        desk.time.advance(by: .hours(48))
        await worker(desk).round()
        #expect(box.sent.isEmpty)
        #expect(try await progress(desk) == nil)
    }

    @Test func aRestoredDeskThatIsOnHoldTellsNothing() async throws {
        let desk = try await desk()
        try await plan(desk)
        let hold = DeliveryHold(workspace: desk.workspace.id, since: desk.now, backupAt: desk.now)
        try await desk.write { try $0.operations.insert(hold) }
        try await evening(desk)
        await worker(desk).round()
        #expect(box.sent.isEmpty)
        let workspace = desk.workspace.id
        _ = try await desk.write { try $0.operations.removeHold(of: workspace) }
        await worker(desk).round()
        #expect(box.sent.count == 1)
    }

    @Test func onlyWhoDecidesCanHaveOne() async throws {
        let desk = try await desk()
        let plan = try SummaryPlan(inbox: desk.inbox.id, minute: 0, namesContacts: false)
        let refusal = await code { try await PlanSummary(desk.context).set(plan, in: desk.workspace.id, by: desk.assistant.id) }
        #expect(refusal == .outOfGrant)
        #expect(await code { try await PlanSummary(desk.context).sendNow(in: desk.workspace.id, to: desk.principal.id) } == .notFound)
    }

    @Test func itLeavesOnlyThroughAnAccountOfTheWorkspace() async throws {
        let desk = try await desk()
        let alien = try SummaryPlan(inbox: Inbox.ID("elsewhere"), minute: 0, namesContacts: false)
        #expect(
            await code { try await PlanSummary(desk.context).set(alien, in: desk.workspace.id, by: desk.principal.id) } == .invalidRequest)
        #expect(try await progress(desk) == nil)
    }

    @Test func oneNowLeavesBesideTheDailyOnes() async throws {
        let desk = try await desk()
        try await plan(desk)
        let evening = try await progress(desk)?.nextAt
        try await PlanSummary(desk.context).sendNow(in: desk.workspace.id, to: desk.principal.id)
        await worker(desk).round()
        #expect(box.sent.count == 1)
        #expect(try await progress(desk)?.nextAt == evening)
    }

    @Test func endingItIsToldInTheLedger() async throws {
        let desk = try await desk()
        try await plan(desk)
        try await PlanSummary(desk.context).remove(in: desk.workspace.id, by: desk.principal.id)
        desk.time.advance(by: .hours(48))
        await worker(desk).round()
        #expect(box.sent.isEmpty)
        let facts = try await desk.ledger().filter { $0.kind == .summaryPlanned }
        #expect(facts.map { $0.details["state"] } == ["on", "off"])
    }
}

/// Says the figures as they are.
private struct PlainWriter: SummaryWriting {
    func write(_ summary: DaySummary, for reader: SummaryReader) -> SummaryLetter {
        let figures = summary.figures
        let waiting = summary.waiting.map { "\($0.contact ?? "?") since \($0.since.unixSeconds)" }.joined(separator: ", ")
        return SummaryLetter(
            subject: "\(summary.owedCount) owed, \(summary.lateCount) late",
            text: "\(figures.received) in, \(figures.answered) answered, \(figures.withoutAnswer) without; \(waiting)")
    }
}
