/// What is handed to a channel to put an emoji on a contact's message, or to take it away.
package struct ReactionCall: Hashable, Sendable {
    /// The provider's id of the contact's message.
    package let target: String
    /// Nil takes the present one away.
    package let emoji: String?
    package let recipient: ProviderIdentity
    /// For the provider to carry back in its reports.
    package let reference: String

    package init(target: String, emoji: String?, recipient: ProviderIdentity, reference: String) {
        self.target = target
        self.emoji = emoji
        self.recipient = recipient
        self.reference = reference
    }
}

/// What a channel can do beside carrying replies.
package enum ChannelAbility: Hashable, Sendable, CaseIterable {
    case reactions
    /// Showing that somebody writes.
    case typing
}
