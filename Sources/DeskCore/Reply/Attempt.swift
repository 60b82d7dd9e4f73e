/// The delivery of one outbound message: recorded before the provider is called, and moved on by what is learnt.
package struct Attempt: Hashable, Sendable {
    package typealias ID = Identifier<Attempt>

    package let id: ID
    package let workspace: Workspace.ID
    package let message: Message.ID
    package let conversation: Conversation.ID
    package let obligation: Obligation.ID?
    package let recipient: FrozenRecipient
    /// The place of the newest message that the reply's author had seen.
    package let seenThrough: Int
    package private(set) var state: DeliveryState
    /// When to go on: the end of the undo time, or of a wait before trying again.
    package private(set) var dueAt: Instant
    /// How many calls to the provider began.
    package private(set) var calls: Int
    package private(set) var providerID: String?

    package init(
        id: ID, workspace: Workspace.ID, message: Message.ID, conversation: Conversation.ID, obligation: Obligation.ID?,
        recipient: FrozenRecipient, seenThrough: Int, state: DeliveryState, dueAt: Instant, calls: Int = 0, providerID: String? = nil
    ) {
        self.id = id
        self.workspace = workspace
        self.message = message
        self.conversation = conversation
        self.obligation = obligation
        self.recipient = recipient
        self.seenThrough = seenThrough
        self.state = state
        self.dueAt = dueAt
        self.calls = calls
        self.providerID = providerID
    }

    /// A reply's first attempt: held until `undoUntil`.
    package init(id: ID, of reply: Reply, message: Message.ID, workspace: Workspace.ID, obligation: Obligation.ID?, undoUntil: Instant) {
        self.init(
            id: id, workspace: workspace, message: message, conversation: reply.answering.conversation, obligation: obligation,
            recipient: reply.recipient, seenThrough: reply.seenThrough, state: .held, dueAt: undoUntil)
    }

    package enum Event: Hashable, Sendable {
        case undo
        /// The author doesn't want to wait.
        case sendNow
        /// A worker took it up and is about to call the provider.
        case claimed
        case called(SendOutcome)
        /// It was taken up, but must not be sent yet: the channel's rate is used up. The provider was not called.
        case postponed(until: Instant)
        /// The process that was calling is gone.
        case interrupted
        /// The store was brought back from a backup: whatever was on its way when that was made may have gone since.
        case restored
        case reported(StatusUpdate.Stage, providerID: String, DeliveryFailure?)
        /// The principal's echo or a person says that it did go out.
        case confirmedSent
        /// A person says that it did not go out, or that a failed one should be tried again.
        case sendAgain
    }

    package enum Effect: Hashable, Sendable {
        case none
        /// The provider has it now, and hadn't before.
        case taken
        /// It is known not to have arrived, though it had been taken or was expected to be.
        case failed
        case waits(until: Instant)
        case becameUnknown
        case undone
        case queued
        /// It got further: delivered, or read.
        case progressed
    }

    /// - Parameter jitter: 0 ..< 1, spreads retries.
    /// - Throws: `already_sent` for an undo that comes too late, and for a decision that is not open.
    package mutating func handle(_ event: Event, at now: Instant, jitter: Double = 0) throws(DeskError) -> Effect {
        switch event {
        case .undo: try undo()
        case .sendNow: sendNow(now)
        case .claimed: claim()
        case .called(let outcome): conclude(outcome, now, jitter)
        case .postponed(let instant): postpone(until: instant)
        case .interrupted: interrupt()
        case .restored: restore()
        case .reported(let stage, let providerID, let failure): report(stage, providerID, failure)
        case .confirmedSent: try confirm()
        case .sendAgain: try sendAgain(now)
        }
    }

    /// Whether the call of this number, for which it was claimed, is still to be made. That an earlier call is reported to have failed
    /// says nothing of this one.
    package func awaitsCall(_ number: Int) -> Bool {
        guard calls == number else { return false }
        switch state {
        case .sending, .failed: return true
        case .held, .queued, .accepted, .delivered, .read, .unknown, .undone: return false
        }
    }

    private mutating func undo() throws(DeskError) -> Effect {
        guard state == .held else {
            throw DeskError(.alreadySent, message: "The reply already left, or was taken back before. It can't be undone any more.")
        }
        state = .undone
        return .undone
    }

    private mutating func sendNow(_ now: Instant) -> Effect {
        guard state == .held else { return .none }
        dueAt = min(dueAt, now)
        return .waits(until: dueAt)
    }

    private mutating func claim() -> Effect {
        guard state == .held || state == .queued else { return .none }
        state = .sending
        calls += 1
        return .progressed
    }

    private mutating func conclude(_ outcome: SendOutcome, _ now: Instant, _ jitter: Double) -> Effect {
        switch outcome {
        case .accepted(let id): return accept(id)
        case .rejected(let failure): return reject(failure, now, jitter)
        case .unknown(let reason):
            guard state == .sending else { return .none }
            state = .unknown(reason: reason)
            return .becameUnknown
        }
    }

    /// A failure that was reported of an earlier call, under another id, says nothing of this one.
    private mutating func accept(_ id: String) -> Effect {
        let isOfEarlierCall = providerID != id
        providerID = id
        if case .failed = state, isOfEarlierCall { return advance(to: .accepted) }
        return advance(to: state.reported(.accepted, failure: nil))
    }

    private mutating func reject(_ failure: DeliveryFailure, _ now: Instant, _ jitter: Double) -> Effect {
        guard state == .sending else { return .none }
        guard let wait = RetryPolicy.wait(after: failure, calls: calls, jitter: jitter) else {
            state = .failed(failure)
            return .failed
        }
        state = .queued
        dueAt = now + wait
        return .waits(until: dueAt)
    }

    private mutating func postpone(until instant: Instant) -> Effect {
        guard state == .sending else { return .none }
        state = .queued
        calls -= 1
        dueAt = instant
        return .waits(until: instant)
    }

    private mutating func interrupt() -> Effect {
        guard state == .sending else { return .none }
        state = .unknown(reason: "The program stopped while the provider was being called.")
        return .becameUnknown
    }

    private mutating func restore() -> Effect {
        guard state.isInFlight else { return .none }
        state = .unknown(reason: DeliveryState.mayHaveGoneSinceBackup)
        return .becameUnknown
    }

    /// A failure reported while the reply waits to go again is that of an earlier call: it will go all the same.
    private mutating func report(_ stage: StatusUpdate.Stage, _ id: String, _ failure: DeliveryFailure?) -> Effect {
        guard state != .queued || stage != .failed else { return .none }
        providerID = providerID ?? id
        return advance(to: state.reported(stage, failure: failure))
    }

    private mutating func advance(to next: DeliveryState) -> Effect {
        guard next != state else { return .none }
        let wasTaken = state.isTaken
        state = next
        if case .failed = next { return .failed }
        return wasTaken ? .progressed : .taken
    }

    private mutating func confirm() throws(DeskError) -> Effect {
        guard case .unknown = state else { throw Self.nothingToDecide }
        state = .accepted
        return .taken
    }

    private mutating func sendAgain(_ now: Instant) throws(DeskError) -> Effect {
        switch state {
        case .unknown, .failed:
            state = .queued
            dueAt = now
            providerID = nil
            return .queued
        case .held, .queued, .sending, .accepted, .delivered, .read, .undone: throw Self.nothingToDecide
        }
    }

    private static let nothingToDecide = DeskError(
        .alreadySent, message: "There is nothing to decide about this message: it is on its way, or has arrived. Nothing was sent.")
}
