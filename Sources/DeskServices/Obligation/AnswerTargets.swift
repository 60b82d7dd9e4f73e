package import DeskCore

/// How soon answers are due in a workspace, inbox by inbox.
package struct AnswerTargets {
    private let policy: AnswerPolicy
    private let wall: WallClock

    package init(of workspace: Workspace, by rules: any TimeZoneRules) {
        policy = workspace.answerPolicy
        wall = WallClock(zone: workspace.timeZone, rules: rules)
    }

    package func target(of inbox: Inbox) -> AnswerTarget { target(policy.target(of: inbox)) }

    /// Looks the inbox up only where inboxes differ.
    package func target(of inbox: Inbox.ID, _ session: any StorageSession) throws -> AnswerTarget {
        guard !policy.isUniform, let inbox = try session.inboxes.inbox(inbox) else { return target(policy.target) }
        return target(of: inbox)
    }

    private func target(_ span: Duration) -> AnswerTarget { AnswerTarget(span, by: policy, on: wall) }
}

extension DeskContext {
    func answerTargets(of workspace: Workspace) -> AnswerTargets { AnswerTargets(of: workspace, by: timeZones) }
}
