package import DeskCore

/// Ends a commitment by a person's recorded word; a reply that keeps it is `SendReply`'s.
package struct SettleCommitment: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Throws: `invalid_request` without a reason, or when it is not owed; `not_found`.
    /// - Returns: the conversation in which it was made.
    @discardableResult
    package func settle(_ id: Commitment.ID, reason: String, by user: User.ID) async throws -> Conversation.ID {
        let now = context.time.now()
        return try await context.storage.write { session in
            guard let commitment = try session.commitments.commitment(id) else { throw DeskError.nothingThere }
            let conversation = try Authorization(session, at: now).conversation(commitment.conversation, for: .reply, by: user)
            let word = try Commitment.Settlement(member: user, reason: reason, at: now)
            guard try CommitmentBook(session: session, now: now).apply(.settled(word), to: commitment) else {
                throw DeskError(.invalidRequest, message: "This commitment is not owed. Nothing was changed.")
            }
            return conversation.id
        }
    }
}
