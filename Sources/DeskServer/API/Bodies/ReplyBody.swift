import DeskCore
import Foundation

/// What a program sends to reply.
struct ReplyBody: Decodable {
    struct File: Decodable {
        let name: String
        let mediaType: String
        /// In the request: base64.
        let content: Data

        enum CodingKeys: String, CodingKey {
            case name, content
            case mediaType = "media_type"
        }
    }

    /// `due_at` as in RFC 3339.
    struct Promise: Decodable {
        let text: String
        let dueAt: String

        enum CodingKeys: String, CodingKey {
            case text
            case dueAt = "due_at"
        }
    }

    let text: String
    /// The contact's message that is answered (promise P3).
    let answers: Message.ID
    let version: Int
    /// The message of the conversation that the contact shall see quoted above the answer.
    let quote: Message.ID?
    let attachments: [File]?
    let commitment: Promise?
    /// Commitments that this reply keeps.
    let keeps: [Commitment.ID]?
    /// Of a mail: addresses of further people, named in the answered one, who get the reply too.
    let copies: [String]?
    /// Codes of findings that the writer has confirmed; there is no guard yet that could find any.
    let confirmed: [String]?

    /// What is promised, as it was written; its time is checked when the reply is recorded.
    /// - Throws: `invalid_request` for what is no time.
    func promise() throws(DeskError) -> Commitment.Promise? {
        guard let commitment else { return nil }
        guard let dueAt = Instant(timestamp: commitment.dueAt) else {
            throw DeskError(
                .invalidRequest, message: "“commitment.due_at” is a time as in RFC 3339, like 2026-05-04T09:00:00Z. Nothing was sent.")
        }
        return Commitment.Promise(text: commitment.text, dueAt: dueAt)
    }
}

/// What a person found out about an unknown message.
struct OutcomeBody: Decodable {
    let outcome: String
}

/// A `stale_conversation` problem (RFC 9457), with what the writer may not have seen.
struct StaleBody: Encodable {
    static let maximumMessages = 50

    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    /// To be sent with the reply once the new messages were read.
    let version: Int
    let newMessages: [MessageBody]

    /// - Parameter messages: the newest of the conversation, as many as its version has grown.
    init(_ error: DeskError, version: Int, messages: [MessageBody]) {
        let problem = Problem(error)
        type = problem.type
        title = problem.title
        status = problem.status
        detail = problem.detail
        code = problem.code
        self.version = version
        newMessages = messages
    }
}
