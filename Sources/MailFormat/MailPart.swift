/// A part of a mail: its text, or a file that came with it.
package struct MailPart: Sendable {
    package enum Role: Sendable {
        /// Text of the mail itself.
        case text
        /// HTML of the mail itself.
        case html
        /// Everything else, in the words of RFC 2183 inline or not.
        case attachment
    }

    package let role: Role
    package let headers: HeaderFields
    /// Type and subtype, in lower case, as the mail says; `text/plain` if it says nothing valid.
    package let mediaType: String
    /// What the sender calls the file; may hold anything, path separators too. Nil without a name.
    package let fileName: String?
    /// Without angle brackets; how the HTML names an inline picture (`cid:`).
    package let contentID: String?
    /// Whether the sender means it to be seen within the text.
    package let isInline: Bool
    /// Without its transfer encoding; empty for a mail within the mail, whose source is in the source of this one.
    package let content: [UInt8]
    /// The header of a mail within the mail (RFC 2046 5.2), or of one that is returned without its body (RFC 6522).
    package let enclosedHeaders: HeaderFields?
    let parameters: HeaderParameters

    /// Whether this is a mail or a report in a form of its own, which has no size as a file.
    package var isMessage: Bool { mediaType.hasPrefix("message/") }

    /// A value of the Content-Type, such as `method` of a calendar entry; decoded.
    package func parameter(_ name: String) -> String? { parameters[name] }
}
