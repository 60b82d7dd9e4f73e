/// What is handed to a channel to send: frozen when the reply was approved.
package struct OutboundMessage: Hashable, Sendable, Codable {
    /// Our attempt's id, for the provider to carry back in its statuses.
    package var attempt: String
    /// Where it goes: exactly an identity that the provider gave us for this contact.
    package var recipient: ProviderIdentity
    package var text: String
    package var attachments: [OutboundAttachment]
    /// The provider's id of the contact's message to quote visibly; nil for a plain reply.
    package var quotedProviderID: String?
    /// Of a mail: its subject, everybody whom it goes to, its thread, and what it quotes.
    package var mail: MailContent?
    /// When its author wrote it.
    package var writtenAt: Instant?

    package init(
        attempt: String, recipient: ProviderIdentity, text: String, attachments: [OutboundAttachment] = [],
        quotedProviderID: String? = nil, mail: MailContent? = nil, writtenAt: Instant? = nil
    ) {
        self.attempt = attempt
        self.recipient = recipient
        self.text = text
        self.attachments = attachments
        self.quotedProviderID = quotedProviderID
        self.mail = mail
        self.writtenAt = writtenAt
    }
}

/// A file of ours to send: its bytes are in the blob store.
package struct OutboundAttachment: Hashable, Sendable, Codable {
    /// SHA-256 of the bytes in lower-case hexadecimal.
    package var blob: String
    package var mediaType: String
    package var fileName: String
    package var byteCount: Int

    package init(blob: String, mediaType: String, fileName: String, byteCount: Int) {
        self.blob = blob
        self.mediaType = mediaType
        self.fileName = fileName
        self.byteCount = byteCount
    }
}

/// How one call to a provider ended.
package enum SendOutcome: Hashable, Sendable {
    /// The provider took it, and calls it so.
    case accepted(providerID: String)
    /// The provider surely did not take it.
    case rejected(DeliveryFailure)
    /// Nobody knows: the answer was lost after the request may have been read. Never sent again without a look.
    case unknown(reason: String)
}

/// What a channel lets a reply be; checked before sending, and told in words.
package struct ChannelLimits: Hashable, Sendable {
    /// In Unicode scalars.
    package var maximumTextLength: Int
    /// In Unicode scalars; a text beside a file.
    package var maximumCaptionLength: Int
    package var maximumAttachments: Int
    /// How long after the contact's last message a reply may go; nil where the channel sets no end.
    package var replyWindow: Duration?
    /// For how long the provider goes on trying to deliver what this program did not take; after that it is lost.
    package var retryHorizon: Duration

    /// - Parameter retryHorizon: where the provider says nothing, a day and a half, as with Meta's other webhooks.
    package init(
        maximumTextLength: Int, maximumCaptionLength: Int, maximumAttachments: Int, replyWindow: Duration?,
        retryHorizon: Duration = .hours(36)
    ) {
        self.maximumTextLength = maximumTextLength
        self.maximumCaptionLength = maximumCaptionLength
        self.maximumAttachments = maximumAttachments
        self.replyWindow = replyWindow
        self.retryHorizon = retryHorizon
    }
}
