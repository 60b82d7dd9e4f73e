package import DeskCore
import Foundation

/// A mailbox that somebody has signed in to (IMAP4rev1 and rev2, RFC 3501 and 9051); of one task. Nothing is marked as read by looking
/// at it.
package struct IMAPMailbox {
    private let conversation: IMAPConversation
    /// What the server can, in upper case.
    package let capabilities: Set<String>

    /// Connects, agrees on TLS as the server's security says, and signs in.
    /// - Parameter patience: how long the server may say nothing while something is asked of it.
    /// - Throws: `unauthenticated` when it does not take the credentials; the other kinds for what they say.
    package static func open(
        _ server: MailServer, _ credentials: MailCredentials, patience: Duration = .seconds(60)
    ) async throws(MailFault) -> IMAPMailbox {
        try await open(try await ChannelConnection.open(to: server, within: patience), server.security, credentials, patience: patience)
    }

    static func open(
        _ connection: any MailConnection, _ security: MailServer.Security, _ credentials: MailCredentials, patience: Duration
    ) async throws(MailFault) -> IMAPMailbox {
        do throws(MailFault) {
            let conversation = IMAPConversation(connection, patience: patience)
            let greeting = try await conversation.greeting()
            if security == .startTLS {
                guard greeting.condition != .known else {
                    throw MailFault(.insecure, "The server greets as if somebody were signed in already.")
                }
                try await conversation.startTLS()
            }
            let capabilities = try await signIn(conversation, credentials)
            return IMAPMailbox(conversation: conversation, capabilities: capabilities)
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func signIn(
        _ conversation: IMAPConversation, _ credentials: MailCredentials
    ) async throws(MailFault) -> Set<String> {
        let before = try await capabilities(conversation)
        do throws(MailFault) {
            try await prove(credentials, conversation, before)
        } catch {
            guard error.kind == .refused else { throw error }
            let isTransient = ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]"].contains { error.reason.contains($0) }
            throw MailFault(.unauthenticated, error.reason, isTransient: isTransient)
        }
        return try await capabilities(conversation)
    }

    private static func prove(
        _ credentials: MailCredentials, _ conversation: IMAPConversation, _ capabilities: Set<String>
    ) async throws(MailFault) {
        if case .password(let user, let password) = credentials, !capabilities.contains("AUTH=PLAIN") {
            guard !capabilities.contains("LOGINDISABLED") else {
                throw MailFault(.insecure, "The server takes no password on this connection.")
            }
            try await conversation.perform("LOGIN \(try quoted(user)) \(try quoted(password.exposed()))")
            return
        }
        let response = Data(credentials.initialResponse).base64EncodedString()
        let isAtOnce = capabilities.contains("SASL-IR")
        var isSaid = isAtOnce
        // A refusal of XOAUTH2 comes as a question with its reason, to be answered with nothing; so do servers that want the first word apart.
        let command = "AUTHENTICATE \(credentials.mechanism)\(isAtOnce ? " \(response)" : "")"
        try await conversation.perform(
            command,
            goingOn: { _ in
                defer { isSaid = true }
                return isSaid ? [] : Array(response.utf8)
            })
    }

    private static func capabilities(_ conversation: IMAPConversation) async throws(MailFault) -> Set<String> {
        var found: Set<String> = []
        try await conversation.perform("CAPABILITY") { response in
            if case .capabilities(let names) = response { found = Set(names) }
        }
        return found
    }

    /// All folders.
    package func folders() async throws(MailFault) -> [MailFolder] {
        var folders: [MailFolder] = []
        try await conversation.perform("LIST \"\" \"*\"") { response in
            guard case .listed(let attributes, let delimiter, let name) = response else { return }
            folders.append(MailFolder(attributes: attributes, delimiter: delimiter, name: name))
        }
        return folders
    }

    /// Opens a folder, from now on the one that is spoken of.
    /// - Parameter isReadOnly: for looking only, so that nothing can be changed by mistake.
    /// - Throws: `garbled` for a server that does not say its UIDVALIDITY: without it no mail has a lasting name.
    package func open(_ folder: String, isReadOnly: Bool = true) async throws(MailFault) -> OpenedFolder {
        var (count, codes) = (0, [String: String]())
        let changes = capabilities.contains("CONDSTORE") ? " (CONDSTORE)" : ""
        let verb = isReadOnly ? "EXAMINE" : "SELECT"
        try await conversation.perform("\(verb) \(try Self.quoted(FolderName.encoded(folder)))\(changes)") { response in
            switch response {
            case .exists(let number): count = number
            case .status(let status): if let code = status.code { codes[code] = status.arguments.first }
            default: return
            }
        }
        guard let validity = codes["UIDVALIDITY"].flatMap({ UInt32($0) }) else {
            throw MailFault(.garbled, "The server does not say how long its numbers hold (UIDVALIDITY).")
        }
        return OpenedFolder(
            name: folder, validity: validity, next: codes["UIDNEXT"].flatMap { UInt32($0) }, count: count,
            highestChange: codes["HIGHESTMODSEQ"].flatMap { UInt64($0) })
    }

    /// What lies in the opened folder with a UID above another, in ascending order.
    package func listings(after uid: UInt32) async throws(MailFault) -> [MailListing] {
        guard uid < .max else { return [] }
        var listings: [MailListing] = []
        try await conversation.perform("UID FETCH \(uid + 1):* (UID RFC822.SIZE FLAGS)") { response in
            guard case .fetched(let values) = response, let found = values.uid else { return }
            listings.append(MailListing(uid: found, byteCount: values["RFC822.SIZE"]?.number ?? 0, flags: values.flags))
        }
        // `n:*` holds the last mail always, even when it is older (RFC 9051 section 9, seq-range).
        return listings.filter { $0.uid > uid }.sorted { $0.uid < $1.uid }
    }

    /// The UIDs of mails in the opened folder with this Message-ID.
    package func find(messageID: String) async throws(MailFault) -> [UInt32] {
        var found: [Int] = []
        try await conversation.perform("UID SEARCH HEADER MESSAGE-ID \(try Self.quoted(messageID))") { response in
            if case .found(let numbers) = response { found += numbers }
        }
        return found.compactMap { UInt32(exactly: $0) }
    }

    /// The UIDs of mails in the opened folder that the server took in on a day or later, in ascending order.
    /// - Parameter day: as `2026-11-22`.
    package func arrivals(since day: CivilDate) async throws(MailFault) -> [UInt32] {
        var found: [Int] = []
        try await conversation.perform("UID SEARCH SINCE \(Self.date(day))") { response in
            if case .found(let numbers) = response { found += numbers }
        }
        return found.compactMap { UInt32(exactly: $0) }.sorted()
    }

    /// As IMAP writes dates (RFC 9051 section 9): `22-Nov-2026`.
    private static func date(_ day: CivilDate) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = day.text.split(separator: "-")
        return "\(parts[2])-\(months[(Int(parts[1]) ?? 1) - 1])-\(parts[0])"
    }

    /// Fetches the headers of mails; those that are gone by now are missing.
    package func headers(_ uids: [UInt32]) async throws(MailFault) -> [StoredMail] {
        try await fetch(uids, "BODY.PEEK[HEADER]", ["BODY[HEADER]"])
    }

    /// Fetches mails; those that are gone by now are missing. How much that is at once, the caller knows by their listings.
    /// - Parameter most: how many bytes of each, from its beginning; nil for all.
    package func mails(_ uids: [UInt32], most: Int? = nil) async throws(MailFault) -> [StoredMail] {
        try await fetch(uids, "BODY.PEEK[]\(most.map { "<0.\($0)>" } ?? "")", ["BODY[]", "BODY[]<0>"])
    }

    private func fetch(_ uids: [UInt32], _ part: String, _ names: [String]) async throws(MailFault) -> [StoredMail] {
        guard !uids.isEmpty else { return [] }
        var mails: [StoredMail] = []
        let set = uids.map(String.init).joined(separator: ",")
        try await conversation.perform("UID FETCH \(set) (UID FLAGS INTERNALDATE \(part))") { response in
            guard case .fetched(let values) = response, let uid = values.uid else { return }
            guard let bytes = names.lazy.compactMap({ values[$0]?.bytes }).first else { return }
            mails.append(StoredMail(uid: uid, flags: values.flags, arrival: values["INTERNALDATE"]?.text, bytes: bytes))
        }
        return mails
    }

    /// Puts flags on a mail of the opened folder.
    package func add(_ flags: [String], to uid: UInt32) async throws(MailFault) {
        try await conversation.perform("UID STORE \(uid) +FLAGS.SILENT (\(flags.joined(separator: " ")))")
    }

    /// Lays a mail into a folder, as read.
    package func append(_ mail: [UInt8], to folder: String) async throws(MailFault) {
        var rest = mail
        try await conversation.perform(
            "APPEND \(try Self.quoted(FolderName.encoded(folder))) (\\Seen) {\(mail.count)}",
            goingOn: { _ in
                defer { rest = [] }
                return rest
            })
    }

    /// Waits until the server says that something changed, or the time is over.
    /// - Returns: whether it said so; always false for a server that does not tell of its own accord.
    package func news(within time: Duration) async throws(MailFault) -> Bool {
        try await conversation.idle(for: time)
    }

    package var tellsNews: Bool { capabilities.contains("IDLE") }

    /// Takes leave, and does not insist.
    package func close() async { await conversation.close() }

    /// - Throws: `garbled` for what can't stand in quotes (RFC 9051 section 4.3).
    private static func quoted(_ text: String) throws(MailFault) -> String {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
            throw MailFault(.garbled, "A name or password holds a control character.", isTransient: false)
        }
        return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}

extension [String: IMAPValue] {
    fileprivate var uid: UInt32? { self["UID"]?.number.flatMap { UInt32(exactly: $0) } }
    fileprivate var flags: [String] { self["FLAGS"]?.list?.compactMap(\.atom) ?? [] }
}
