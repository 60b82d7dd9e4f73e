/// A folder of a mailbox.
package struct MailFolder: Hashable, Sendable {
    /// What it is for (RFC 6154); by the server's word, or by a name that mail programs use.
    package enum Use: String, Sendable, Hashable, CaseIterable { case inbox, sent, drafts, junk, trash, archive, all, flagged }

    /// As people read it.
    package let name: String
    package let use: Use?
    package let isSelectable: Bool

    package init(name: String, use: Use? = nil, isSelectable: Bool = true) {
        self.name = name
        self.use = use
        self.isSelectable = isSelectable
    }

    /// - Parameters:
    ///   - attributes: in lower case, with their backslash.
    ///   - delimiter: between the names of a folder and of what is in it.
    init(attributes: [String], delimiter: String?, name: [UInt8]) {
        let readable = FolderName.decoded(name)
        self.init(
            name: readable, use: Self.use(of: attributes) ?? (readable.uppercased() == "INBOX" ? .inbox : nil),
            isSelectable: !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent"))
    }

    private static func use(of attributes: [String]) -> Use? {
        Use.allCases.first { attributes.contains("\\\($0.rawValue)") }
    }

    /// The folder of a use: by the server's word first, then by the names that programs give in the languages of our users.
    package static func folder(for use: Use, among folders: [MailFolder]) -> MailFolder? {
        let selectable = folders.filter(\.isSelectable)
        return selectable.first { $0.use == use }
            ?? selectable.first { folder in
                let last = folder.name.split(whereSeparator: { "/.".contains($0) }).last.map { $0.lowercased() } ?? ""
                return folder.use == nil && usualNames[use, default: []].contains(last)
            }
    }

    private static let usualNames: [Use: Set<String>] = [
        .sent: [
            "sent", "sent items", "sent messages", "sent mail", "enviados", "elementos enviados", "correo enviado", "enviadas",
            "itens enviados",
            "mensagens enviadas",
        ],
        .junk: ["junk", "junk e-mail", "spam", "correo no deseado", "lixo eletrônico"],
    ]
}

/// A folder as it is when it is opened (RFC 9051 section 6.3.2).
package struct OpenedFolder: Hashable, Sendable {
    package let name: String
    /// Another number means that all UIDs of before are worth nothing (RFC 9051 section 2.3.1.1).
    package let validity: UInt32
    /// The UID that the next mail gets, if the server says so.
    package let next: UInt32?
    package let count: Int
    /// Changes with any change of a flag (RFC 7162), where the server counts them.
    package let highestChange: UInt64?

    package init(name: String, validity: UInt32, next: UInt32?, count: Int, highestChange: UInt64? = nil) {
        self.name = name
        self.validity = validity
        self.next = next
        self.count = count
        self.highestChange = highestChange
    }
}

/// What a server says of a mail without its content.
package struct MailListing: Hashable, Sendable {
    package let uid: UInt32
    package let byteCount: Int
    /// As the server has them: `\Seen`, `\Answered`, `$Forwarded`, …
    package let flags: [String]

    package init(uid: UInt32, byteCount: Int, flags: [String]) {
        self.uid = uid
        self.byteCount = byteCount
        self.flags = flags
    }
}

/// A mail as it lies on the server.
package struct StoredMail: Hashable, Sendable {
    package let uid: UInt32
    package let flags: [String]
    /// When the server took it in, as it writes it: `17-Jul-1996 02:44:25 -0700`.
    package let arrival: String?
    /// All of it, or its beginning where only that was asked for.
    package let bytes: [UInt8]

    package init(uid: UInt32, flags: [String], arrival: String?, bytes: [UInt8]) {
        self.uid = uid
        self.flags = flags
        self.arrival = arrival
        self.bytes = bytes
    }
}
