import DeskCore

extension Attempt {
    /// A delivery in a state; the provider's id is known once the provider had it, and one call was made once it left.
    static func sample(_ state: DeliveryState = .held, calls: Int? = nil, dueAt: Instant = .noon(plus: .seconds(5))) -> Attempt {
        let recipient = FrozenRecipient(inbox: Sample.inbox, conversation: Sample.conversation, identity: Sample.phone)
        let wasTaken = state.isTaken || state.name == "failed"
        let usualCalls = state == .held || state == .undone ? 0 : 1
        return Attempt(
            id: ID("attempt"), workspace: Sample.workspace, message: Message.ID("reply"), conversation: Sample.conversation,
            obligation: nil, recipient: recipient, seenThrough: 1, state: state, dueAt: dueAt, calls: calls ?? usualCalls,
            providerID: wasTaken ? "wamid.1" : nil)
    }
}
