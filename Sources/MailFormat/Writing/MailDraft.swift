package import DeskCore

/// A mail to be sent, as values. Whatever they hold, the mail that is made of them has the fields that are meant, and no others.
package struct MailDraft: Sendable {
    /// A file that goes with it.
    package struct File: Sendable {
        /// As the recipient shall see it; any characters.
        package let name: String
        /// Type and subtype, in lower case; what is no such pair is sent as `application/octet-stream`.
        package let mediaType: String
        package let bytes: [UInt8]

        package init(name: String, mediaType: String, bytes: [UInt8]) {
            self.name = name
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }

    package var from: MailAddress
    package var to: [MailAddress]
    package var cc: [MailAddress]
    package var subject: String
    package var date: Instant
    /// Without angle brackets, as all identifiers here.
    package var messageID: String
    package var inReplyTo: [String]
    /// The thread so far, oldest first.
    package var references: [String]
    /// Lines end with LF.
    package var text: String
    package var html: String?
    package var files: [File]
    /// Fields of our own, by name: loop marks and the like. Their values are ASCII.
    package var marks: [(name: String, value: String)]

    package init(
        from: MailAddress, to: [MailAddress], cc: [MailAddress] = [], subject: String, date: Instant, messageID: String,
        inReplyTo: [String] = [], references: [String] = [], text: String, html: String? = nil, files: [File] = [],
        marks: [(name: String, value: String)] = []
    ) {
        self.from = from
        self.to = to
        self.cc = cc
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.text = text
        self.html = html
        self.files = files
        self.marks = marks
    }
}
