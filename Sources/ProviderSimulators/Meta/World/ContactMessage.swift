package import DeskCore

/// What a contact writes, or the principal on their own phone.
package struct ContactMessage: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case text(String)
        /// A file; nil for a small one of the simulator's own.
        case media(MediaKind, MediaFile?, caption: String?)
        case location(Location)
        case contacts([SharedContact])
        /// Items as Meta words them: `product_retailer_id`, `quantity`, `item_price`, `currency`.
        case order(catalogue: String?, items: [JSONValue], text: String?)
        case button(text: String, payload: String)
        case buttonReply(id: String, title: String)
        case listReply(id: String, title: String, description: String?)
        case formReply(JSONValue)
        case unsupported(code: Int, type: String?)
        case numberChange(newPhone: String)
        case userIDChange(newBusinessScopedID: String)
    }

    package var content: Content
    /// Nil for now.
    package var timestamp: Instant?
    /// The message that this one quotes.
    package var context: String?
    package var isForwarded = false
    /// The advertisement that it comes from, as Meta words it.
    package var referral: JSONValue?

    package init(_ content: Content, timestamp: Instant? = nil, context: String? = nil) {
        self.content = content
        self.timestamp = timestamp
        self.context = context
    }

    package static func text(_ text: String) -> Self { Self(.text(text)) }
}

/// What became of something that a contact wrote.
package struct WrittenMessage: Hashable, Sendable {
    package let messageID: String
    package let timestamp: Instant
    /// The file's id on the Graph side.
    package let mediaID: String?
}

/// Who did something in a chat.
package enum ChatSide: String, Hashable, Sendable { case contact, principal }

/// A message that both sides know, for replies, reactions, edits and statuses.
struct KnownMessage: Hashable, Sendable {
    let contactID: String?
    let side: ChatSide
    /// Where in the receipt log, for what we sent.
    let receipt: Int?
}

/// Why a control call came to nothing.
package struct ControlError: Error, Hashable, Sendable {
    package let status: Int
    package let complaint: String

    package init(_ complaint: String, status: Int = 400) {
        self.complaint = complaint
        self.status = status
    }

    static func unknown(_ what: String, _ id: String) -> Self { Self("There is no \(what) \(id).", status: 404) }
}
