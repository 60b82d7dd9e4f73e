/// Our reaction on a contact's message: at most one at the provider, and beside it what was tried last.
extension Message {
    /// What the contact sees of ours, as far as is known.
    package var standingReaction: MessageReaction? {
        reactions.last { $0.author == .us && $0.stands }
    }

    /// Notes that a reaction of ours is about to be put, or taken away.
    /// - Parameter emoji: nil to take the present one away.
    /// - Returns: false when it is so already, and nobody needs to be called.
    /// - Throws: `reaction_under_way` while an earlier call lasts, `reaction_not_possible` when there is nothing to take away.
    package mutating func react(with emoji: Emoji?, as attempt: ReactionAttempt) throws(DeskError) -> Bool {
        let ours = reactions.filter { $0.author == .us }
        guard !ours.contains(where: { $0.attempt?.state(at: attempt.startedAt) == .sending }) else {
            throw DeskError(
                .reactionUnderWay, message: "The reaction before is still on its way. Nothing more was sent; try again in a moment.",
                isTransient: true)
        }
        let standing = standingReaction
        guard let emoji else { return try takeAway(standing ?? ours.last, attempt) }
        if let standing, standing.emoji == emoji.text, standing.isSure { return false }
        replaceOurs([standing, MessageReaction(author: .us, emoji: emoji.text, attempt: attempt)].compactMap(\.self))
        return true
    }

    private mutating func takeAway(_ reaction: MessageReaction?, _ attempt: ReactionAttempt) throws(DeskError) -> Bool {
        guard let reaction else {
            throw DeskError(.reactionNotPossible, message: "There is no reaction of ours on this message. Nothing was sent.")
        }
        if reaction.hasFailedToStand {
            replaceOurs([])
            return false
        }
        replaceOurs([MessageReaction(author: .us, emoji: reaction.emoji, attempt: attempt)])
        return true
    }

    /// Records what came of a call, or what the provider reports of it.
    /// - Returns: the attempt as it is now; nil when nothing changed: another has replaced it, or this says nothing new.
    package mutating func concludeReaction(_ id: ReactionAttempt.ID, as state: ReactionAttempt.State) -> ReactionAttempt? {
        guard let index = reactions.firstIndex(where: { $0.attempt?.id == id }), var attempt = reactions[index].attempt else { return nil }
        let before = attempt.state
        attempt.learn(state)
        guard attempt.state != before else { return nil }
        var reaction = reactions[index]
        reaction.attempt = attempt
        switch (attempt.act, attempt.state) {
        case (.put, .accepted): replaceOurs([reaction])
        case (.remove, .accepted): replaceOurs([])
        case (_, .sending), (_, .failed), (_, .unknown): reactions[index] = reaction
        }
        return attempt
    }

    private mutating func replaceOurs(_ ours: [MessageReaction]) {
        reactions.removeAll { $0.author == .us }
        reactions += ours
    }
}

extension MessageReaction {
    /// Whether the contact sees it, as far as is known: a reaction stands until its removal is accepted.
    fileprivate var stands: Bool {
        guard let attempt else { return true }
        return attempt.act == .remove || attempt.state == .accepted
    }

    fileprivate var isSure: Bool { attempt.map { $0.act == .put && $0.state == .accepted } ?? true }

    /// Whether it surely never came to stand: then there is nothing to take away at the provider.
    fileprivate var hasFailedToStand: Bool {
        guard let attempt, attempt.act == .put, case .failed = attempt.state else { return false }
        return true
    }
}
