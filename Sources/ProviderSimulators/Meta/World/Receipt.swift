package import DeskCore

/// One send as the simulated world saw it.
package struct Receipt: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable { case accepted, refused }

    package struct Media: Hashable, Sendable {
        package let id: String
        package let digest: String
        package let mediaType: String
        package let byteCount: Int
        package let fileName: String?
    }

    package let sequence: Int
    package let at: Instant
    package let outcome: Outcome
    /// Meta's type of the message: `text`, `image`, `reaction` …
    package let kind: String
    package let messageID: String?
    package let contactID: String?
    /// `to` or, failing that, `recipient`, as the client wrote it.
    package let recipient: String
    /// Body, caption or interactive body.
    package let text: String?
    package let media: Media?
    package let context: String?
    package let callbackData: String?
    package let errorCode: Int?
    /// Whether the client never got the answer.
    package internal(set) var isAnswerLost: Bool
    /// Whether the contact has it: false for what was refused, or failed after it was accepted.
    package internal(set) var reachedContact: Bool
    /// The statuses that were reported, in the order in which they were planned.
    package internal(set) var statuses: [String] = []
    /// The whole request.
    package let request: JSONValue
}

/// A read mark or a typing indicator of ours.
package struct Mark: Hashable, Sendable {
    package let at: Instant
    package let messageID: String
    package let contactID: String?
    package let showsTyping: Bool
}
