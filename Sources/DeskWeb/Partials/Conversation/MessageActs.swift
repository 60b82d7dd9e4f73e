package import DeskCore

/// What can be done with one message of the contact's: quote it above the reply, react to it.
package struct MessageActs: Sendable {
    package let messageID: String
    /// Where the page opens with the message quoted, for browsers without scripts.
    package let quotePath: String
    package let author: String
    package let words: String
    /// Nil where the channel knows no reactions, or lets none go now.
    package let menu: ReactionMenu?

    /// - Parameters:
    ///   - words: the message in a few words.
    ///   - standing: the emoji that we have put on it.
    ///   - canReact: whether a reaction can go now.
    package init(
        messageID: String, conversationID: String, author: String, words: String, standing: String?, canReact: Bool, wording: Wording
    ) {
        self.messageID = messageID
        quotePath = "/conversations/\(conversationID)?quote=\(messageID)#composer"
        self.author = author
        self.words = words
        menu = canReact ? ReactionMenu(messageID: messageID, standing: standing, wording: wording) : nil
    }
}

/// The emoji to choose from, a field for any other, and the way back. Form fields: `emoji`, or `remove=on`.
package struct ReactionMenu: Sendable {
    /// What people answer with when words would be too much; the field takes any other.
    private static let usual = ["👍", "❤️", "🙏", "😊", "✅"]

    package struct Emoji: Sendable {
        package let emoji: String
        package let label: String
        package let isChosen: Bool
    }

    package let menuID: String
    package let fieldID: String
    package let path: String
    package let choices: [Emoji]
    package let removeWords: String?

    init(messageID: String, standing: String?, wording: Wording) {
        menuID = "react-\(messageID)"
        fieldID = "emoji-\(messageID)"
        path = "/messages/\(messageID)/reaction"
        choices = Self.usual.map { emoji in
            Emoji(emoji: emoji, label: wording.text("message.reactWith", ["emoji": emoji]), isChosen: emoji == standing)
        }
        removeWords = standing.map { wording.text("message.reactRemove", ["emoji": $0]) }
    }
}

/// A reaction of ours that is on its way, or did not come to what was wanted: what happened, and what a person can do.
package struct ReactionNotice: Sendable {
    package let words: String
    package let path: String
    /// Nil while there is nothing to repeat.
    package let retryEmoji: String?
    package let canRetryRemoval: Bool
    /// Whether the reaction can be given up; where it may have arrived, it is taken away at the provider, too.
    package let canDiscard: Bool

    /// - Returns: nil when there is nothing to tell: it arrived.
    package init?(_ reaction: MessageReaction, of messageID: String, wording: Wording) {
        guard let attempt = reaction.attempt else { return nil }
        let emoji = ["emoji": reaction.emoji]
        let isRemoval = attempt.act == .remove
        path = "/messages/\(messageID)/reaction"
        switch attempt.state(at: wording.now) {
        case .accepted: return nil
        case .sending:
            words = wording.text(isRemoval ? "message.reactionRemoving" : "message.reactionSending", emoji)
            (retryEmoji, canRetryRemoval, canDiscard) = (nil, false, false)
        case .failed(let failure):
            let reason = ["emoji": reaction.emoji, "words": wording.failure(failure)]
            words = wording.text(isRemoval ? "message.reactionRemoveFailed" : "message.reactionFailed", reason)
            (retryEmoji, canRetryRemoval, canDiscard) = (isRemoval ? nil : reaction.emoji, isRemoval, !isRemoval)
        case .unknown:
            words = wording.text(isRemoval ? "message.reactionRemoveUnknown" : "message.reactionUnknown", emoji)
            (retryEmoji, canRetryRemoval, canDiscard) = (isRemoval ? nil : reaction.emoji, isRemoval, !isRemoval)
        }
    }
}
