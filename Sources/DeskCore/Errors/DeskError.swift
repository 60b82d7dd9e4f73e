/// An error that tells what happened, what was kept and what to do, and apart from that a text that is safe for outsiders.
package struct DeskError: Error, Sendable, Equatable {
    /// A stable word for programs, in snake case: `stale_conversation`. The API sends it as it is.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(_ rawValue: String) { self.rawValue = rawValue }
    }

    /// What is not there, or is not for whoever asks: nobody is told which.
    package static let nothingThere = DeskError(.notFound, message: "There is nothing here under that name.")

    package let code: Code
    /// For whoever runs the machine: what happened, what was kept, what to do next.
    package let message: String
    /// For whoever sent the request: tells nothing about others, nor about the inside.
    package let publicMessage: String
    /// Whether the same request can succeed later without anybody changing anything.
    package let isTransient: Bool

    package init(_ code: Code, message: String, publicMessage: String? = nil, isTransient: Bool = false) {
        self.code = code
        self.message = message
        self.publicMessage = publicMessage ?? message
        self.isTransient = isTransient
    }
}

extension DeskError: CustomStringConvertible {
    package var description: String { "\(code.rawValue): \(message)" }
}

extension DeskError.Code {
    package static let notFound = Self("not_found")
    package static let invalidRequest = Self("invalid_request")
    package static let unauthenticated = Self("unauthenticated")
    package static let forbidden = Self("forbidden")
    package static let agreementRequired = Self("agreement_required")
    package static let outOfGrant = Self("out_of_grant")
    package static let staleConversation = Self("stale_conversation")
    package static let idempotencyMismatch = Self("idempotency_mismatch")
    package static let replyWindowClosed = Self("reply_window_closed")
    package static let replyTooLong = Self("reply_too_long")
    package static let commitmentRefused = Self("commitment_refused")
    package static let emptyReply = Self("empty_reply")
    package static let wrongRecipient = Self("wrong_recipient")
    package static let quoteNotPossible = Self("quote_not_possible")
    package static let reactionNotPossible = Self("reaction_not_possible")
    package static let reactionUnderWay = Self("reaction_under_way")
    package static let notAnEmoji = Self("not_an_emoji")
    package static let alreadySent = Self("already_sent")
    package static let passwordTooCommon = Self("password_too_common")
    package static let storageUnavailable = Self("storage_unavailable")
    /// The disk could not confirm what it was given: from here on nobody knows what is on it, and nothing more may be written.
    package static let storageFailed = Self("storage_failed")
    package static let attachmentTooLarge = Self("attachment_too_large")
    package static let attachmentNotAllowed = Self("attachment_not_allowed")
    /// More points than a browser can be expected to show.
    package static let pictureTooLarge = Self("picture_too_large")
}
