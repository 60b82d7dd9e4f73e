/// How far an outbound message got. States only move up: whatever order a provider's reports come in, the outcome is the same.
package enum DeliveryState: Hashable, Sendable {
    /// Waits for the undo time to pass.
    case held
    case queued
    /// The call to the provider is under way; after a crash it counts as unknown.
    case sending
    case accepted
    case delivered
    case read
    case failed(DeliveryFailure)
    /// Nobody knows whether the provider took it; a report of the provider or a person decides.
    case unknown(reason: String)
    /// Taken back by its author before it left.
    case undone

    /// Why a message that a backup held as waiting is unknown after it was restored.
    package static let mayHaveGoneSinceBackup = "It waited to be sent when the backup was made, and may have been sent since."

    package var name: String {
        switch self {
        case .held: "held"
        case .queued: "queued"
        case .sending: "sending"
        case .accepted: "accepted"
        case .delivered: "delivered"
        case .read: "read"
        case .failed: "failed"
        case .unknown: "unknown"
        case .undone: "undone"
        }
    }

    /// Whether the message may still come to be sent, or is on its way, with nobody needing to act.
    package var isInFlight: Bool {
        switch self {
        case .held, .queued, .sending: true
        case .accepted, .delivered, .read, .failed, .unknown, .undone: false
        }
    }

    /// Whether the provider has it.
    package var isTaken: Bool {
        switch self {
        case .accepted, .delivered, .read: true
        case .held, .queued, .sending, .failed, .unknown, .undone: false
        }
    }

    /// Whether a person may have it sent again: it failed, or nobody knows whether it arrived.
    package var awaitsPerson: Bool {
        switch self {
        case .failed, .unknown: true
        case .held, .queued, .sending, .accepted, .delivered, .read, .undone: false
        }
    }

    /// The state after a provider's report. Delivered and read outrank failed, since they are seen with the contact's eyes;
    /// failed outranks accepted; and what is read never becomes merely delivered.
    package func reported(_ stage: StatusUpdate.Stage, failure: DeliveryFailure?) -> DeliveryState {
        guard self != .undone else { return self }
        let report = Self.state(for: stage, failure: failure)
        return report.rank > rank ? report : self
    }

    private static func state(for stage: StatusUpdate.Stage, failure: DeliveryFailure?) -> DeliveryState {
        switch stage {
        case .accepted, .sent: .accepted
        case .delivered: .delivered
        case .read, .played, .deleted: .read
        case .failed: .failed(failure ?? DeliveryFailure(.transient, code: "unspecified", text: "The provider gave no reason."))
        }
    }

    private var rank: Int {
        switch self {
        case .held, .queued, .sending, .unknown, .undone: 0
        case .accepted: 1
        case .failed: 2
        case .delivered: 3
        case .read: 4
        }
    }
}
