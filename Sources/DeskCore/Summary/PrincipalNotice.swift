/// Something that the desk itself tells a principal through one of their own accounts.
package struct PrincipalNotice: Sendable {
    package struct File: Sendable {
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// The same for every try.
    package let id: String
    package let recipientName: String
    package let recipientAddress: String
    package let subject: String
    package let text: String
    package let files: [File]
    package let writtenAt: Instant

    package init(
        id: String, recipientName: String, recipientAddress: String, subject: String, text: String, files: [File], writtenAt: Instant
    ) {
        self.id = id
        self.recipientName = recipientName
        self.recipientAddress = recipientAddress
        self.subject = subject
        self.text = text
        self.files = files
        self.writtenAt = writtenAt
    }
}
