import DeskCore
import DeskServices
import DeskTesting
import Testing

/// The principal sets hours and targets; what is owed follows.
struct AnswerPolicyStoryTests {
    @Test func aWorkspaceBeginsAroundTheClockWithAnHour() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        #expect(try await desk.obligation()?.dueAt == desk.now + .minutes(60))
    }

    @Test func newHoursMoveWhatIsOwedAndWhatComes() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let hours = try AnswerPolicy.hours(week: ["fri": ["09:00-09:30"], "mon": ["09:00-18:00"]])
        let moved = try await desk.set(AnswerPolicy(target: .minutes(60), hours: hours))

        #expect(moved == 1)
        let monday = desk.now + .hours(24 * 3) + .minutes(30)
        #expect(try await desk.obligation()?.dueAt == monday)
        try await desk.writes(id: "wamid.2", from: .bruno)
        #expect(try await desk.obligation(to: .bruno)?.dueAt == monday)
        let entry = try #require(try await desk.ledger().last { $0.kind == .answerPolicyChanged })
        #expect(entry.details["moved"] == "1")
        #expect(entry.details["hours"] == "mon 09:00-18:00 fri 09:00-09:30")
    }

    @Test func theInboxsTargetGoesFirst() async throws {
        let desk = try await Desk.open()
        try await desk.set(
            AnswerPolicy(
                target: .minutes(60), hours: .aroundTheClock, channelTargets: [.whatsApp: .minutes(30)],
                inboxTargets: [desk.inbox.id: .minutes(5)]))
        try await desk.writes(id: "wamid.1")
        #expect(try await desk.obligation()?.dueAt == desk.now + .minutes(5))
    }

    @Test func onlyThePrincipalMay() async throws {
        let desk = try await Desk.open()
        let policy = AnswerPolicy(target: .minutes(30))
        let (context, workspace, assistant) = (desk.context, desk.workspace.id, desk.assistant.id)
        #expect(await code { try await SetAnswerPolicy(context).set(policy, of: workspace, by: assistant) } == .outOfGrant)
        #expect(try await desk.read { try $0.workspaces.workspace(workspace)?.answerTarget } == .minutes(60))
    }

    @Test func anInboxOfAnotherWorkspaceAndAnUnknownChannelAreRefused() async throws {
        let desk = try await Desk.open()
        let stranger = try AnswerPolicy(target: .minutes(60), hours: .aroundTheClock, inboxTargets: [Inbox.ID("x"): .minutes(5)])
        #expect(await code { try await desk.set(stranger) } == .invalidRequest)
    }

    @Test func aDeadlineThatMovesOffDoesNotRepeatASteps() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(60))
        try await desk.escalate()
        try await desk.set(AnswerPolicy(target: .minutes(240)))
        desk.time.advance(by: .minutes(180))
        #expect(try await desk.escalate() == 0)
        desk.time.advance(by: .minutes(240))
        #expect(try await desk.escalate() == 1)
        #expect(try await desk.escalations() == ["supervisor", "principal"])
    }
}

extension Desk {
    @discardableResult
    func set(_ policy: AnswerPolicy) async throws -> Int {
        try await SetAnswerPolicy(context).set(policy, of: workspace.id, by: principal.id)
    }
}
