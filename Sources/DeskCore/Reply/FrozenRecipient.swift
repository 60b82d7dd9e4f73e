import Crypto

/// To whom a reply goes, fixed when it was approved, with a digest that is checked again right before the call.
package struct FrozenRecipient: Hashable, Sendable, Codable {
    package let inbox: Inbox.ID
    package let conversation: Conversation.ID
    package let identity: ProviderIdentity
    /// SHA-256 in lower-case hexadecimal over inbox, conversation, scheme and value.
    package let digest: String

    package init(inbox: Inbox.ID, conversation: Conversation.ID, identity: ProviderIdentity) {
        self.inbox = inbox
        self.conversation = conversation
        self.identity = identity
        digest = Self.digest(inbox, conversation, identity)
    }

    /// Whether nothing of it changed since it was frozen.
    package var isIntact: Bool { digest == Self.digest(inbox, conversation, identity) }

    private static func digest(_ inbox: Inbox.ID, _ conversation: Conversation.ID, _ identity: ProviderIdentity) -> String {
        var encoder = CanonicalEncoder()
        encoder.append(inbox.text)
        encoder.append(conversation.text)
        encoder.append(identity.scheme.rawValue)
        encoder.append(identity.value)
        return SHA256.hash(data: encoder.bytes).hexadecimal
    }
}
