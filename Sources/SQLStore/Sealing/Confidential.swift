import DeskCore

/// What a sealed value belongs to, and with that the key it is sealed with.
enum SealSubject: Hashable, Sendable {
    /// A conversation, or a contact: its own key, which goes when it is erased.
    case contact(Contact.ID)
    case conversation(Conversation.ID)
    case workspace(Workspace.ID)
    /// The workspace of an inbox.
    case inbox(Inbox.ID)
    /// A workspace again; equal values are sealed alike, so that they can be looked up and be unique.
    case lookup(Place)
    /// The same, one-way: nobody needs the value again.
    case digest(Workspace.ID)
    /// The whole desk.
    case installation

    /// Where a workspace is known by.
    enum Place: Hashable, Sendable {
        case inbox(Inbox.ID)
        case conversation(Conversation.ID)
    }
}

/// A value that goes into the database sealed.
package struct Confidential: Hashable, Sendable {
    enum Plain: Hashable, Sendable {
        case text(String)
        case bytes([UInt8])
    }

    let plain: Plain
    let subject: SealSubject
}

extension SQLStatement.Interpolation {
    /// Binds a text that is sealed before it gets to the driver; null stays null, and empty stays empty.
    mutating func appendInterpolation(_ text: String?, sealedFor subject: SealSubject) {
        appendInterpolation(text.map { SQLValue.confidential(Confidential(plain: .text($0), subject: subject)) } ?? .null)
    }

    mutating func appendInterpolation(_ bytes: [UInt8], sealedFor subject: SealSubject) {
        appendInterpolation(SQLValue.confidential(Confidential(plain: .bytes(bytes), subject: subject)))
    }
}

extension SQLStatement {
    var holdsConfidential: Bool {
        values.contains { if case .confidential = $0 { true } else { false } }
    }
}

extension SQLRow {
    /// A text that was sealed.
    /// - Throws: `storage_fault` for one that was not, that was changed, or whose key is gone.
    func sealedText(_ column: String) throws(DeskError) -> String {
        guard let text = try optionalSealedText(column) else { throw .storageFault("the column \(column) holds nothing") }
        return text
    }

    func optionalSealedText(_ column: String) throws(DeskError) -> String? {
        guard let text = try optionalText(column) else { return nil }
        guard !text.isEmpty else { return text }
        guard let id = Seal.keyID(of: text), let key = ring?.key(id) else { throw .notOpened }
        return try Seal.open(text, with: key)
    }

    func sealedBytes(_ column: String) throws(DeskError) -> [UInt8] {
        let bytes = try blob(column)
        guard let id = Seal.keyID(of: bytes), let key = ring?.key(id) else { throw .notOpened }
        return try Seal.open(bytes, with: key)
    }

    func sealedJSON<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws(DeskError) -> Value {
        try JSONText.decode(try sealedText(column))
    }

    func optionalSealedJSON<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws(DeskError) -> Value? {
        guard let text = try optionalSealedText(column) else { return nil }
        return try JSONText.decode(text)
    }
}
