package import DeskCore

/// Gathers what the ledger says about a message: itself, its delivery, and the obligation that it opened or answered.
package struct MessageReceipt {
    /// How many later messages are looked at for the answer to an inbound one.
    private static let reach = 200

    private let session: any StorageSession
    private let message: Message

    /// The entries in their order; none for a message that doesn't exist. Whether the asker may know of it, is for the caller to see.
    package static func entries(about id: Message.ID, in workspace: Workspace.ID, _ session: any StorageSession) throws -> [LedgerEntry] {
        guard let message = try session.messages.message(id) else { return [] }
        return try MessageReceipt(session: session, message: message).subjects()
            .flatMap { try session.ledger.entries(about: $0, in: workspace) }
            .sorted { $0.sequence < $1.sequence }
    }

    private func subjects() throws -> Set<String> {
        let attempt = try session.attempts.attempt(of: message.id)
        let obligation = try attempt?.obligation ?? obligation()
        return Set([message.id.text, attempt?.id.text, obligation?.text].compactMap(\.self))
    }

    private func obligation() throws -> Obligation.ID? {
        if let ended = try session.obligations.ended(by: message.id) { return ended.id }
        // A note may stand between what a contact wrote, and nothing is owed for it.
        guard message.direction == .inbound else { return nil }
        if let open = try session.obligations.open(in: message.conversation), covers(open) { return open.id }
        let later = try session.messages.messages(of: message.conversation, after: message.position, limit: Self.reach)
        for answer in later where answer.direction == .outbound || answer.direction == .echo {
            if let ended = try session.obligations.ended(by: answer.id), covers(ended) { return ended.id }
        }
        return nil
    }

    private func covers(_ obligation: Obligation) -> Bool {
        obligation.firstPosition <= message.position && message.position <= obligation.lastPosition
    }
}
