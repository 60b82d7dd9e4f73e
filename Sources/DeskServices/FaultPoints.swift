/// A moment between two steps at which the program may die, named so that a test can let it die there.
package enum FaultPoint: String, Hashable, Sendable, CaseIterable {
    /// One event of a provider's request is projected, and others of the same transaction may follow.
    case projected
    /// Everything of a provider's request is written, and the transaction not committed.
    case receivedBeforeCommit = "received-before-commit"
    /// It is durable, and the provider not told.
    case receivedAfterCommit = "received-after-commit"
    /// A reply and its attempt are written, and the transaction not committed.
    case replyBeforeCommit = "reply-before-commit"
    /// They are durable, and the author not told.
    case replyAfterCommit = "reply-after-commit"
    /// An attempt is durably claimed, and the provider not called.
    case attemptCommitted = "attempt-committed"
    /// The provider was called and has answered, and that is not recorded.
    case callMadeBeforeRecord = "call-made-before-record"
    /// What came of a call is written, and the transaction not committed.
    case outcomeBeforeCommit = "outcome-before-commit"
    /// What came of a call is durable.
    case outcomeAfterCommit = "outcome-after-commit"
    /// A person's decision about a reply is durable, and the person not told.
    case decisionAfterCommit = "decision-after-commit"
}

/// Tells whoever wants to know that the program has come to a fault point. In normal work nobody does, and it costs a comparison.
package struct FaultPoints: Sendable {
    package static let none = FaultPoints(whenReached: nil)

    private let whenReached: (@Sendable (FaultPoint) -> Void)?

    /// - Parameter whenReached: called in the midst of the work, also within transactions; may end the process.
    package init(whenReached: (@Sendable (FaultPoint) -> Void)?) { self.whenReached = whenReached }

    package func reach(_ point: FaultPoint) { whenReached?(point) }
}
