/// What must hold whatever happens. The names are those of the reliability research that the desk was designed by.
package enum Invariant: String, Sendable, CaseIterable {
    /// What was acknowledged is there.
    case acknowledgedIsKept = "I1"
    /// Whatever came is projected, ignored with a reason, or quarantined and visible.
    case everythingIsAccountedFor = "I2"
    /// Once each, however often it was delivered.
    case storedOnce = "I3"
    /// One place for each message, and states that only move up.
    case orderAndLattice = "I5"
    /// Each approved reply reaches the contact at most once, in the order of writing, and what is claimed is so.
    case sentOnce = "I6"
    /// Nobody but the approved recipient receives it.
    case rightRecipient = "I7"
    /// Open just when something is unanswered, and never younger than it is.
    case owed = "I8"
    /// Whoever lost access sends nothing any more.
    case covered = "I9"
    /// The chain holds, and has every change.
    case ledger = "I10"
    /// Nothing hangs in memory only: after the troubles everything comes to its end, or before a person's eyes.
    case nothingIsStuck = "I12"
    /// Nobody answers upon less than what was there.
    case seenBeforeAnswering = "I14"
}

/// Something that must not be.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
    package let invariant: Invariant
    package let text: String

    init(_ invariant: Invariant, _ text: String) {
        self.invariant = invariant
        self.text = text
    }

    package var description: String { "\(invariant.rawValue) \(invariant): \(text)" }
}
