/// A reply ready to be recorded. There is no way to make one but from the contact's message that it answers (promise P3), and
/// no way to change to whom it goes afterwards (promise P4).
package struct Reply: Hashable, Sendable {
    package let answering: InboundMessage
    package let text: String
    package let attachments: [OutboundAttachment]
    package let recipient: FrozenRecipient
    package let author: User.ID
    package let writtenAt: Instant
    /// The place of the newest message that the author had seen.
    package let seenThrough: Int
    /// The provider's id of the message that the contact shall see quoted above the answer; nil for a plain reply.
    package let quotedProviderID: String?

    /// Checks everything that can be checked before anything is recorded.
    /// - Parameter quoted: the message that `draft.quote` names.
    /// - Throws: `wrong_recipient`, `stale_conversation`, `reply_window_closed`, `empty_reply`, `reply_too_long`, `quote_not_possible`.
    package init(
        answering message: InboundMessage, quoting quoted: Message? = nil, in conversation: Conversation, to contact: Contact,
        draft: ReplyDraft, by author: User.ID, limits: ChannelLimits, at now: Instant
    ) throws(DeskError) {
        guard message.conversation == conversation.id, contact.id == conversation.contact, let address = contact.identities.first else {
            throw DeskError(
                .wrongRecipient, message: "The message to answer is not of this contact in this conversation. Nothing was sent.")
        }
        try conversation.requireVersion(draft.seenVersion)
        try ReplyWindow(length: limits.replyWindow, lastInboundAt: conversation.lastInboundAt, now: now).requireOpen()
        try draft.require(limits)
        quotedProviderID = try draft.quotedProviderID(of: quoted, in: conversation)
        answering = message
        text = draft.text
        attachments = draft.attachments
        recipient = FrozenRecipient(inbox: conversation.inbox, conversation: conversation.id, identity: address)
        self.author = author
        writtenAt = now
        seenThrough = conversation.lastPosition
    }
}

/// What a person wrote, before it is known whether it can go.
package struct ReplyDraft: Hashable, Sendable {
    package var text: String
    package var attachments: [OutboundAttachment]
    package var seenVersion: Int
    /// The message that the contact shall see quoted above the answer.
    package var quote: Message.ID?

    package init(text: String, attachments: [OutboundAttachment] = [], seenVersion: Int, quote: Message.ID? = nil) {
        self.text = text
        self.attachments = attachments
        self.seenVersion = seenVersion
        self.quote = quote
    }

    fileprivate func quotedProviderID(of quoted: Message?, in conversation: Conversation) throws(DeskError) -> String? {
        guard let quote else { return nil }
        guard let quoted, quoted.id == quote, quoted.conversation == conversation.id, let providerID = quoted.quotableProviderID else {
            throw DeskError(
                .quoteNotPossible,
                message: "The message to quote is not in this conversation, was taken back, or is not known to the channel. Nothing was "
                    + "sent; the text is kept.")
        }
        return providerID
    }

    fileprivate func require(_ limits: ChannelLimits) throws(DeskError) {
        guard !attachments.isEmpty || text.contains(where: { !$0.isWhitespace }) else {
            throw DeskError(.emptyReply, message: "The reply is empty. Nothing was sent.")
        }
        guard attachments.count <= limits.maximumAttachments else {
            throw DeskError(
                .attachmentNotAllowed,
                message: "This channel takes at most \(limits.maximumAttachments) file(s) in one message. Nothing was sent.")
        }
        let allowed = attachments.isEmpty ? limits.maximumTextLength : limits.maximumCaptionLength
        let length = text.unicodeScalars.count
        guard length <= allowed else {
            throw DeskError(
                .replyTooLong,
                message: "This channel takes at most \(allowed) characters here; the reply has \(length). "
                    + "Nothing was sent; the text is kept.")
        }
    }
}

extension Message {
    /// Under what id the provider can show this message quoted; nil for notes, for what was taken back, for what it never had, and for
    /// mails, which repeat what they answer anyway.
    package var quotableProviderID: String? {
        guard direction != .note, deletedAt == nil, content.mail == nil else { return nil }
        return providerID
    }
}
