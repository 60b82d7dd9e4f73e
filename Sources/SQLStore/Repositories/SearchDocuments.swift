import DeskCore

extension SQLStatement {
    fileprivate static func insert(
        _ subject: String, message: Message?, in workspace: Workspace.ID, scope: String, text: String, at instant: Instant
    ) -> SQLStatement {
        """
        INSERT INTO search_documents (workspace, subject, conversation, message, scope, text, at)
        VALUES (\(workspace), \(subject), \(message?.conversation), \(message?.id), \(scope), \(text), \(instant))
        RETURNING number
        """
    }

    fileprivate static func document(_ subject: String, in workspace: Workspace.ID) -> SQLStatement {
        "SELECT number, text FROM search_documents WHERE workspace = \(workspace) AND subject = \(subject)"
    }
}

/// Keeps what can be found by words, in the transaction of what it is about.
struct SearchDocuments {
    private let connection: any SQLConnection

    init(_ connection: any SQLConnection) { self.connection = connection }

    /// The one word in the index that stands for a workspace.
    static func scope(of workspace: Workspace.ID) -> String {
        let letters = workspace.text.utf8.filter { (48...57).contains($0) || (97...122).contains($0 | 32) }
        return "w" + String(decoding: letters, as: UTF8.self)
    }

    func add(_ message: Message, in workspace: Workspace.ID) throws {
        let text = MessageColumns.searchText(of: message)
        if !text.isEmpty { try insert(message.id.text, message, workspace, text, message.sentAt) }
    }

    func update(_ message: Message, in workspace: Workspace.ID) throws {
        try replace(message.id.text, message, workspace, MessageColumns.searchText(of: message), message.sentAt)
    }

    func add(_ contact: Contact, at instant: Instant) throws {
        try insert(contact.id.text, nil, contact.workspace, Self.text(of: contact), instant)
    }

    func update(_ contact: Contact) throws {
        try replace(contact.id.text, nil, contact.workspace, Self.text(of: contact), Instant(microseconds: 0))
    }

    private static func text(of contact: Contact) -> String {
        ([contact.name].compactMap(\.self) + contact.identities.map(\.value)).joined(separator: "\n")
    }

    private func insert(_ subject: String, _ message: Message?, _ workspace: Workspace.ID, _ text: String, _ at: Instant) throws {
        let scope = Self.scope(of: workspace)
        let row = try connection.first(.insert(subject, message: message, in: workspace, scope: scope, text: text, at: at))
        guard let row else { throw DeskError.storageFault("a search document got no number") }
        try connection.index(SearchDocument(number: try row.integer("number"), scope: scope, text: text))
    }

    private func replace(_ subject: String, _ message: Message?, _ workspace: Workspace.ID, _ text: String, _ at: Instant) throws {
        guard let row = try connection.first(.document(subject, in: workspace)) else {
            if !text.isEmpty { try insert(subject, message, workspace, text, at) }
            return
        }
        let old = try row.text("text")
        guard old != text else { return }
        let document = SearchDocument(number: try row.integer("number"), scope: Self.scope(of: workspace), text: text)
        try connection.reindex(document, replacing: old)
        try connection.perform("UPDATE search_documents SET text = \(text) WHERE number = \(document.number)")
    }
}
