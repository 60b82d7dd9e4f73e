/// Who has been told that something is owed and late.
package enum EscalationLevel: Int, Hashable, Comparable, Sendable, CaseIterable {
    /// Nobody but those who answer.
    case member
    case supervisor
    case principal

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The word for it in programs and in the ledger.
    package var name: String {
        switch self {
        case .member: "member"
        case .supervisor: "supervisor"
        case .principal: "principal"
        }
    }

    /// The level from which on somebody of a role has to act; nil for whoever only answers.
    /// - Parameter hasSupervisor: whether the workspace has one; without, the principal stands in.
    package static func concerning(_ role: Role, hasSupervisor: Bool) -> EscalationLevel? {
        switch role {
        case .supervisor: .supervisor
        case .principal: hasSupervisor ? .principal : .supervisor
        case .assistant, .support, .sales, .finance, .administration, .communityManager, .personalAssistant, .administrator: nil
        }
    }
}

/// How far something owed has been escalated, and when the next step is due. Levels only go up, so that no step is made twice whatever
/// the clock of the machine does: it is only ever asked whether an instant has been reached.
package struct Escalation: Hashable, Sendable {
    package private(set) var level: EscalationLevel
    /// Nil after the last step.
    package private(set) var nextAt: Instant?

    /// Restores one from the store.
    package init(level: EscalationLevel, nextAt: Instant?) {
        self.level = level
        self.nextAt = nextAt
    }

    /// Nothing was escalated yet.
    package init(dueAt: Instant, by target: AnswerTarget) {
        self.init(level: .member, nextAt: target.escalates(from: .member, dueAt: dueAt))
    }

    /// Makes every step that is due.
    /// - Returns: the levels that were reached now, in order; empty when none is due.
    package mutating func advance(to now: Instant, dueAt: Instant, by target: AnswerTarget) -> [EscalationLevel] {
        var reached: [EscalationLevel] = []
        while let next = nextAt, next <= now, let step = EscalationLevel(rawValue: level.rawValue + 1) {
            level = step
            nextAt = target.escalates(from: step, dueAt: dueAt)
            reached.append(step)
        }
        return reached
    }

    /// The deadline or the rules changed; steps that were made stay made.
    mutating func reschedule(dueAt: Instant, by target: AnswerTarget) {
        nextAt = target.escalates(from: level, dueAt: dueAt)
    }

    /// Of two that become one, the one that is further, or sooner.
    mutating func join(_ other: Escalation) {
        guard other.level >= level else { return }
        guard other.level == level else {
            self = other
            return
        }
        if let theirs = other.nextAt { nextAt = nextAt.map { min($0, theirs) } ?? theirs }
    }
}
