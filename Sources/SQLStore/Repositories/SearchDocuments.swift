import DeskCore

extension SQLStatement {
    fileprivate static func insert(
        _ document: Found, of message: Message?, in workspace: Workspace.ID, tokens: String
    ) -> SQLStatement {
        """
        INSERT INTO search_documents (workspace, subject, conversation, message, scope, text, tokens, at)
        VALUES (\(workspace), \(document.subject), \(message?.conversation), \(message?.id), \(SearchDocuments.scope(of: workspace)),
                \(document.text, sealedFor: document.key), \(tokens), \(document.at))
        RETURNING number
        """
    }

    fileprivate static func update(_ number: Int64, _ document: Found, tokens: String) -> SQLStatement {
        """
        UPDATE search_documents SET text = \(document.text, sealedFor: document.key), tokens = \(tokens) WHERE number = \(number)
        """
    }

    fileprivate static func document(_ subject: String, in workspace: Workspace.ID) -> SQLStatement {
        "SELECT number, tokens FROM search_documents WHERE workspace = \(workspace) AND subject = \(subject)"
    }
}

/// Keeps what can be found by words, in the transaction of what it is about.
struct SearchDocuments {
    private let connection: SealingConnection

    init(_ connection: SealingConnection) { self.connection = connection }

    /// The one word in the index that stands for a workspace.
    static func scope(of workspace: Workspace.ID) -> String {
        let letters = workspace.text.utf8.filter { (48...57).contains($0) || (97...122).contains($0 | 32) }
        return "w" + String(decoding: letters, as: UTF8.self)
    }

    func add(_ message: Message, in workspace: Workspace.ID) throws {
        let document = Found(message)
        if !document.text.isEmpty { try insert(document, message, workspace) }
    }

    func update(_ message: Message, in workspace: Workspace.ID) throws {
        try replace(Found(message), message, workspace)
    }

    func add(_ contact: Contact, at instant: Instant) throws {
        try insert(Found(contact, at: instant), nil, contact.workspace)
    }

    func update(_ contact: Contact) throws {
        try replace(Found(contact, at: Instant(microseconds: 0)), nil, contact.workspace)
    }

    private func insert(_ document: Found, _ message: Message?, _ workspace: Workspace.ID) throws {
        let tokens = try connection.keys(of: workspace).words.tokens(of: document.text)
        let row = try connection.first(.insert(document, of: message, in: workspace, tokens: tokens))
        guard let row else { throw DeskError.storageFault("a search document got no number") }
        try connection.index(SearchDocument(number: try row.integer("number"), scope: Self.scope(of: workspace), tokens: tokens))
    }

    private func replace(_ document: Found, _ message: Message?, _ workspace: Workspace.ID) throws {
        guard let row = try connection.first(.document(document.subject, in: workspace)) else {
            if !document.text.isEmpty { try insert(document, message, workspace) }
            return
        }
        let (number, old) = (try row.integer("number"), try row.text("tokens"))
        let tokens = try connection.keys(of: workspace).words.tokens(of: document.text)
        if old != tokens {
            try connection.reindex(
                SearchDocument(number: number, scope: Self.scope(of: workspace), tokens: tokens), replacing: old)
        }
        try connection.perform(.update(number, document, tokens: tokens))
    }
}

/// What can be found, and what it seals its text with.
private struct Found {
    let subject: String
    let text: String
    let key: SealSubject
    let at: Instant

    init(_ message: Message) {
        (subject, text) = (message.id.text, MessageColumns.searchText(of: message))
        (key, at) = (.conversation(message.conversation), message.sentAt)
    }

    init(_ contact: Contact, at instant: Instant) {
        subject = contact.id.text
        text = ([contact.name].compactMap(\.self) + contact.identities.map(\.value)).joined(separator: "\n")
        (key, at) = (.contact(contact.id), instant)
    }
}
