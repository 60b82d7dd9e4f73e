/// How soon answers are due in a workspace, while it is open, and who is told when one is late. Set by the principal.
package struct AnswerPolicy: Hashable, Sendable {
    /// What is asked of a person: a minute to thirty days of open time.
    package static let targets: ClosedRange<Duration> = .minutes(1)...(.hours(24 * 30))

    /// Where nothing else is said.
    package let target: Duration
    package let hours: BusinessHours
    package let channelTargets: [ChannelName: Duration]
    package let inboxTargets: [Inbox.ID: Duration]
    package let escalation: EscalationSteps

    /// Around the clock, and the same for all: what a workspace begins with.
    package init(target: Duration) {
        self.target = target
        hours = .aroundTheClock
        channelTargets = [:]
        inboxTargets = [:]
        escalation = EscalationSteps()
    }

    /// - Throws: `invalid_request` for a target that nobody means.
    package init(
        target: Duration, hours: BusinessHours, channelTargets: [ChannelName: Duration] = [:], inboxTargets: [Inbox.ID: Duration] = [:],
        escalation: EscalationSteps = EscalationSteps()
    ) throws(DeskError) {
        let all = [target] + Array(channelTargets.values) + Array(inboxTargets.values)
        guard all.allSatisfy(Self.targets.contains) else {
            throw DeskError(.invalidRequest, message: "An answer target is a minute at least and 30 days at most. Nothing was changed.")
        }
        self.target = target
        self.hours = hours
        self.channelTargets = channelTargets
        self.inboxTargets = inboxTargets
        self.escalation = escalation
    }

    /// Whether all inboxes are alike.
    package var isUniform: Bool { channelTargets.isEmpty && inboxTargets.isEmpty }

    /// The inbox's own target, else its channel's, else the workspace's.
    package func target(of inbox: Inbox) -> Duration { inboxTargets[inbox.id] ?? channelTargets[inbox.channel] ?? target }
}

/// When, after the deadline, somebody higher up is told.
package struct EscalationSteps: Hashable, Sendable {
    /// Open time after the deadline.
    package let supervisorAfter: Duration
    /// Open time after the deadline; nil: as much as the answer target. Never before the supervisor.
    package let principalAfter: Duration?

    package init() {
        supervisorAfter = .zero
        principalAfter = nil
    }

    /// - Throws: `invalid_request` for steps in the wrong order, or further off than thirty days.
    package init(supervisorAfter: Duration, principalAfter: Duration?) throws(DeskError) {
        let last = principalAfter ?? supervisorAfter
        guard supervisorAfter >= .zero, last >= supervisorAfter, last <= AnswerPolicy.targets.upperBound else {
            throw DeskError(
                .invalidRequest,
                message: "The supervisor is told at the deadline or later, the principal not before, and both within 30 days. "
                    + "Nothing was changed.")
        }
        self.supervisorAfter = supervisorAfter
        self.principalAfter = principalAfter
    }
}

/// How soon one inbox's contacts should have their answer: so much open time. Knows the deadlines, and the steps after them.
package struct AnswerTarget: Sendable {
    /// Open time.
    package let span: Duration
    private let hours: BusinessHours
    private let wall: WallClock?
    private let steps: EscalationSteps

    /// Around the clock.
    package static func minutes(_ count: Int) -> AnswerTarget { AnswerTarget(.minutes(count)) }

    /// Around the clock.
    package init(_ span: Duration) {
        self.span = span
        hours = .aroundTheClock
        wall = nil
        steps = EscalationSteps()
    }

    /// - Parameter span: the inbox's own, by `AnswerPolicy.target(of:)`.
    package init(_ span: Duration, by policy: AnswerPolicy, on wall: WallClock) {
        self.span = span
        hours = policy.hours
        self.wall = wall
        steps = policy.escalation
    }

    /// When something is due that has been owed since an instant.
    package func due(since instant: Instant) -> Instant { open(span, after: instant) }

    /// When the step after a level is due; nil after the last.
    package func escalates(from level: EscalationLevel, dueAt: Instant) -> Instant? {
        switch level {
        case .member: open(steps.supervisorAfter, after: dueAt)
        case .supervisor: open(max(steps.supervisorAfter, steps.principalAfter ?? span), after: dueAt)
        case .principal: nil
        }
    }

    private func open(_ span: Duration, after instant: Instant) -> Instant {
        guard let wall else { return instant + span }
        return hours.instant(span, after: instant, on: wall)
    }
}
