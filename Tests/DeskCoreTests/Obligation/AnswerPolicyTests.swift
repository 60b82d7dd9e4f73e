import DeskCore
import Foundation
import Testing

struct AnswerPolicyTests {
    @Test func theInboxsOwnTargetGoesBeforeItsChannelsAndThatBeforeTheWorkspaces() throws {
        let policy = try AnswerPolicy(
            target: .minutes(60), hours: .aroundTheClock, channelTargets: [.whatsApp: .minutes(30)],
            inboxTargets: [Inbox.ID("vip"): .minutes(5)])
        #expect(policy.target(of: inbox("vip", .whatsApp)) == .minutes(5))
        #expect(policy.target(of: inbox("other", .whatsApp)) == .minutes(30))
        #expect(policy.target(of: inbox("other", ChannelName(rawValue: "email"))) == .minutes(60))
    }

    @Test(arguments: [Duration.zero, .seconds(59), .minutes(-5), .hours(721)])
    func aTargetThatNobodyMeansIsRefused(target: Duration) {
        #expect(throws: DeskError.self) { try AnswerPolicy(target: target, hours: .aroundTheClock) }
        #expect(throws: DeskError.self) {
            try AnswerPolicy(target: .minutes(60), hours: .aroundTheClock, channelTargets: [.whatsApp: target])
        }
    }

    @Test(arguments: [(-1, 0), (60, 30), (0, 43_201)])
    func stepsInTheWrongOrderAreRefused(supervisor: Int, principal: Int) {
        #expect(throws: DeskError.self) {
            try EscalationSteps(supervisorAfter: .minutes(supervisor), principalAfter: .minutes(principal))
        }
    }

    @Test(arguments: [
        #"{"target_minutes":60}"#,
        #"{"target_minutes":45,"hours":{"mon":["09:00-13:00","15:00-19:00"],"fri":["22:00-02:00"]},"exceptions":{"2026-12-25":[]}}"#,
        #"{"target_minutes":60,"channels":{"whatsapp":30},"inboxes":{"i":5},"escalation":{"supervisor_minutes":1,"principal_minutes":90}}"#,
    ])
    func whatIsWrittenDownIsReadBack(json: String) throws {
        let policy = try JSONDecoder().decode(AnswerPolicy.self, from: Data(json.utf8))
        let copy = try JSONDecoder().decode(AnswerPolicy.self, from: JSONEncoder().encode(policy))
        #expect(copy == policy)
    }

    @Test func theShortestPolicyIsTheOneThatAWorkspaceBeginsWith() throws {
        let policy = try JSONDecoder().decode(AnswerPolicy.self, from: Data(#"{"target_minutes":60}"#.utf8))
        #expect(policy == AnswerPolicy(target: .minutes(60)))
    }

    @Test(arguments: [
        #"{"target_minutes":0}"#, #"{"target_minutes":60,"hours":{"lunes":["09:00-13:00"]}}"#,
        #"{"target_minutes":60,"hours":{}}"#, #"{"target_minutes":60,"hours":{"mon":["morning"]}}"#,
        #"{"target_minutes":60,"exceptions":{"25/12":[]}}"#, #"{"target_minutes":9223372036854775807}"#,
    ])
    func whatCannotBeKeptIsRefusedWithItsReason(json: String) {
        let thrown = #expect(throws: DeskError.self) { try JSONDecoder().decode(AnswerPolicy.self, from: Data(json.utf8)) }
        #expect(thrown?.code == .invalidRequest)
    }

    private func inbox(_ id: String, _ channel: ChannelName) -> Inbox {
        Inbox(id: Inbox.ID(id), workspace: Sample.workspace, channel: channel, name: id, account: id, isSimulated: true)
    }
}
