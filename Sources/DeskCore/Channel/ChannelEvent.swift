/// One thing that a provider told us, in the desk's words. A webhook body or a poll yields a list of these.
package struct ChannelEvent: Hashable, Sendable {
    /// The provider's id of our own account that this concerns (WhatsApp: the phone number id); nil where it names none.
    package var account: String?
    /// Unique within an inbox for this very event, however often it is delivered; nil where the provider gives nothing to tell by.
    package var key: String?
    /// The provider's time. Nil where missing or unreadable; the desk then uses the time of receipt.
    package var occurredAt: Instant?
    package var payload: Payload
    /// The provider's own name for what it reports about (WhatsApp: the change's `field`), where it gives one.
    package var topic: String?

    package init(
        account: String? = nil, key: String? = nil, occurredAt: Instant? = nil, payload: Payload, topic: String? = nil
    ) {
        self.account = account
        self.key = key
        self.occurredAt = occurredAt
        self.payload = payload
        self.topic = topic
    }

    package enum Payload: Hashable, Sendable {
        /// A contact wrote. Kind `unsupported` included: it is owed an answer like any other.
        case message(ReceivedMessage)
        /// The principal wrote from their own phone or another program.
        case echo(ReceivedMessage)
        /// Somebody changed what they had written.
        case edit(Revision)
        /// Somebody took back what they had written; `content` is nil.
        case deletion(Revision)
        case reaction(Reaction)
        case status(StatusUpdate)
        /// A notice of the provider about a contact: number or id changed.
        case system(SystemNotice)
        /// A message from before the inbox was connected: shown, never owed.
        case history(ReceivedMessage)
        /// The provider complains about our account.
        case accountProblem(codes: [Int], text: String)
        /// Understood, and not for us: acknowledged and kept with the reason.
        case ignored(reason: String)
        /// Not understood: kept as received and shown to a person.
        case malformed(reason: String)
    }
}

/// A message as a provider reports it, by a contact or (echo) by the principal elsewhere.
package struct ReceivedMessage: Hashable, Sendable {
    package var providerID: String?
    /// The contact: the author of an inbound message, the recipient of an echo.
    package var correspondent: Correspondent
    package var content: MessageContent
    /// The provider's id of the group that it was written in; nil for a conversation of two.
    package var group: String?
    /// In histories only: whether the principal wrote it.
    package var isFromPrincipal: Bool
    /// In histories only: whether this brings the file of a message that was reported before.
    package var isLateMedia: Bool
    /// Where one contact may have several threads: by what its own is found. Nil where all is one thread.
    package var threading: Threading?

    package init(
        providerID: String?, correspondent: Correspondent, content: MessageContent, group: String? = nil, isFromPrincipal: Bool = false,
        isLateMedia: Bool = false, threading: Threading? = nil
    ) {
        self.providerID = providerID
        self.correspondent = correspondent
        self.content = content
        self.group = group
        self.isFromPrincipal = isFromPrincipal
        self.isLateMedia = isLateMedia
        self.threading = threading
    }
}

/// A message edited (`content` set) or deleted (`content` nil) by its author.
package struct Revision: Hashable, Sendable {
    package var originalProviderID: String
    package var correspondent: Correspondent
    package var content: MessageContent?
    /// Whether the principal did it from their own phone.
    package var isEcho: Bool
    /// The provider's id of the change itself.
    package var providerID: String?

    package init(
        originalProviderID: String, correspondent: Correspondent, content: MessageContent?, isEcho: Bool = false, providerID: String? = nil
    ) {
        self.originalProviderID = originalProviderID
        self.correspondent = correspondent
        self.content = content
        self.isEcho = isEcho
        self.providerID = providerID
    }
}

/// An emoji put on a message, or taken off it (`emoji` nil).
package struct Reaction: Hashable, Sendable {
    package var targetProviderID: String
    package var correspondent: Correspondent
    package var emoji: String?
    package var isEcho: Bool
    /// The provider's id of the reaction itself.
    package var providerID: String?

    package init(
        targetProviderID: String, correspondent: Correspondent, emoji: String?, isEcho: Bool = false, providerID: String? = nil
    ) {
        self.targetProviderID = targetProviderID
        self.correspondent = correspondent
        self.emoji = emoji
        self.isEcho = isEcho
        self.providerID = providerID
    }
}

/// What became of a message of ours, as the provider reports it: in any order, and more than once.
package struct StatusUpdate: Hashable, Sendable {
    package enum Stage: String, Hashable, Sendable, Codable {
        case accepted, sent, delivered, read, played, failed, deleted
    }

    package var providerID: String
    package var stage: Stage
    package var recipient: Correspondent?
    /// What we gave the provider to carry: our attempt's id.
    package var callbackData: String?
    package var failure: DeliveryFailure?
    /// Every error that the provider names with it, in its own numbers; `failure` is the first.
    package var providerErrorCodes: [Int]
    /// The provider's id of the group that the message went to; nil for a conversation of two.
    package var group: String?

    package init(
        providerID: String, stage: Stage, recipient: Correspondent? = nil, callbackData: String? = nil, failure: DeliveryFailure? = nil,
        providerErrorCodes: [Int] = [], group: String? = nil
    ) {
        self.providerID = providerID
        self.stage = stage
        self.recipient = recipient
        self.callbackData = callbackData
        self.failure = failure
        self.providerErrorCodes = providerErrorCodes
        self.group = group
    }
}

/// A notice about a contact, not by them.
package struct SystemNotice: Hashable, Sendable {
    package var providerID: String?
    /// The provider's own word: `user_changed_number`, `user_changed_user_id`.
    package var type: String
    package var text: String
    package var correspondent: Correspondent
    /// The identities that the contact has from now on, where the provider says so.
    package var newIdentities: [ProviderIdentity]

    package init(
        providerID: String?, type: String, text: String, correspondent: Correspondent, newIdentities: [ProviderIdentity] = []
    ) {
        self.providerID = providerID
        self.type = type
        self.text = text
        self.correspondent = correspondent
        self.newIdentities = newIdentities
    }
}
