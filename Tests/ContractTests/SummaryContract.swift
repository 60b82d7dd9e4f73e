import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct SummaryContract {
    private static func job(_ desk: SampleDesk, of user: User, at instant: Instant) throws -> SummaryJob {
        SummaryJob(
            workspace: desk.workspace.id, member: user.id,
            plan: try SummaryPlan(inbox: desk.inbox.id, minute: 1_200, namesContacts: true),
            progress: SummaryProgress(since: desk.build.now, dueAt: instant))
    }

    @Test(arguments: StorageFactory.all)
    func aPlanIsOnePerPersonAndComesBackWhenItIsDue(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let now = desk.build.now
        let second = desk.build.user("Socia")
        let jobs = [try Self.job(desk, of: desk.principal, at: now + .hours(2)), try Self.job(desk, of: second, at: now + .hours(1))]
        try await desk.storage.write { session in
            try session.people.insert(second, at: now)
            for job in jobs { try session.summaries.set(job) }
        }
        try await desk.storage.read { session throws in
            #expect(try session.summaries.due(at: now, limit: 5).isEmpty)
            #expect(try session.summaries.due(at: now + .hours(2), limit: 5) == [jobs[1], jobs[0]])
            #expect(try session.summaries.due(at: now + .hours(2), limit: 1) == [jobs[1]])
            #expect(try session.summaries.job(of: second.id, in: desk.workspace.id) == jobs[1])
            #expect(try Set(session.summaries.jobs(in: desk.workspace.id)) == Set(jobs))
        }
        try await desk.storage.write { session in
            var later = jobs[1]
            later.progress.succeed(with: .init(at: now, entries: 3), through: now, next: now + .hours(25))
            try session.summaries.set(later)
            try session.summaries.remove(desk.principal.id, in: desk.workspace.id)
        }
        try await desk.storage.read { session throws in
            #expect(try session.summaries.due(at: now + .hours(24), limit: 5).isEmpty)
            #expect(try session.summaries.job(of: second.id, in: desk.workspace.id)?.progress.sent?.entries == 3)
            #expect(try session.summaries.job(of: desk.principal.id, in: desk.workspace.id) == nil)
        }
    }

    @Test(arguments: StorageFactory.all)
    func nothingHappenedIsAllNoughts(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let figures = try await desk.storage.value {
            try $0.summaries.figures(of: desk.workspace.id, from: desk.build.now - .hours(1), through: desk.build.now + .hours(1))
        }
        #expect(figures == SummaryFigures(received: 0, answered: 0, answeredElsewhere: 0, withoutAnswer: 0, waits: []))
    }
}
