import Crypto
import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func sealingKey(_ name: String) -> SQLStatement {
        "SELECT name, id, wrapped, master FROM sealing_keys WHERE name = \(name)"
    }

    fileprivate static func insertSealingKey(_ name: String, _ id: KeyID, _ wrapped: [UInt8], _ master: String) -> SQLStatement {
        "INSERT INTO sealing_keys (name, id, wrapped, master) VALUES (\(name), \(id.text), \(wrapped), \(master))"
    }

    fileprivate static func contentKey(of subject: String) -> SQLStatement {
        "SELECT workspace, id, wrapped FROM content_keys WHERE subject = \(subject)"
    }

    fileprivate static func contentKey(_ id: KeyID) -> SQLStatement {
        "SELECT workspace, id, wrapped FROM content_keys WHERE id = \(id.text)"
    }

    fileprivate static func insertContentKey(
        _ subject: String, in workspace: Workspace.ID, _ id: KeyID, _ wrapped: [UInt8]
    ) -> SQLStatement {
        """
        INSERT INTO content_keys (workspace, subject, id, wrapped) VALUES (\(workspace), \(subject), \(id.text), \(wrapped))
        """
    }
}

/// A driver's connection that seals what a statement says is confidential, and has at hand the keys to open what comes back. Drivers
/// see sealed values only.
final class SealingConnection: SQLConnection {
    private let base: any SQLConnection
    private let vault: Vault
    let ring = KeyRing()

    init(_ base: any SQLConnection, _ vault: Vault) {
        self.base = base
        self.vault = vault
    }

    @discardableResult
    func run(_ statement: SQLStatement) throws(DeskError) -> Int { try base.run(sealed(statement)) }
    func perform(_ statement: SQLStatement) throws(DeskError) { try base.perform(sealed(statement)) }
    func query(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] { try opened(base.query(sealed(statement))) }
    func claim(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] { try opened(base.claim(sealed(statement))) }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try base.savepoint(body)
        } catch {
            ring.forgetSubjects()
            throw error
        }
    }

    func notify(_ event: DeskEvent) { base.notify(event) }
    func explain(_ statement: SQLStatement) throws(DeskError) -> [String] { try base.explain(sealed(statement)) }
    func runMigration(_ script: MigrationScript) throws(DeskError) { try base.runMigration(script) }

    func index(_ document: SearchDocument) throws(DeskError) { try base.index(document) }

    func reindex(_ document: SearchDocument, replacing old: String) throws(DeskError) {
        try base.reindex(document, replacing: old)
    }

    func unindex(_ document: SearchDocument) throws(DeskError) { try base.unindex(document) }

    func search(_ request: SearchRequest) throws(DeskError) -> [Int64] { try base.search(request) }

    // MARK: Sealing

    private func sealed(_ statement: SQLStatement) throws(DeskError) -> SQLStatement {
        guard statement.holdsConfidential else { return statement }
        return try statement.replacingValues { value throws(DeskError) in
            guard case .confidential(let confidential) = value else { return value }
            return try seal(confidential)
        }
    }

    private func seal(_ value: Confidential) throws(DeskError) -> SQLValue {
        switch (value.plain, value.subject) {
        case (.text(let text), .lookup(let place)):
            // What is looked for where there is nothing is not found.
            guard let workspace = try workspace(of: place) else { return .null }
            return .text(try keys(of: workspace).sealForLookup(text))
        case (.text(let text), .digest(let workspace)): return .text(try keys(of: workspace).digest(of: text))
        case (.text(let text), _): return .text(try Seal.seal(text, with: key(for: value.subject)))
        case (.bytes(let bytes), _): return .blob(try Seal.seal(bytes, with: key(for: value.subject)))
        }
    }

    private func key(for subject: SealSubject) throws(DeskError) -> NamedKey {
        switch subject {
        case .contact(let contact): try key(of: contact.text)
        case .conversation(let conversation): try key(of: conversation.text)
        case .workspace(let workspace), .digest(let workspace): try keys(of: workspace).seal
        case .lookup(let place): try keys(of: required(workspace(of: place))).seal
        case .inbox(let inbox): try keys(of: required(workspace(of: inbox))).seal
        case .installation: try installationKey()
        }
    }

    func sealed(_ text: String, for subject: SealSubject) throws(DeskError) -> String {
        try Seal.seal(text, with: key(for: subject))
    }

    // MARK: Opening

    private func opened(_ rows: [SQLRow]) throws(DeskError) -> [SQLRow] {
        var opened: [SQLRow] = []
        opened.reserveCapacity(rows.count)
        for row in rows {
            for id in row.keyIDs where ring.key(id) == nil { try load(id) }
            opened.append(row.opened(by: ring))
        }
        return opened
    }

    /// A key that is gone is no failure yet: perhaps nobody wants to open what it sealed.
    private func load(_ id: KeyID) throws(DeskError) {
        if let known = vault.key(id) { return ring.keep(known) }
        if let row = try base.first(.contentKey(id)) { return ring.keep(try contentKey(row)) }
        guard let row = try base.first("SELECT name, id, wrapped, master FROM sealing_keys WHERE id = \(id.text)") else { return }
        try open(row)
    }

    private func open(_ row: SQLRow) throws(DeskError) {
        let name = try row.text("name")
        guard name != Self.installation else { return ring.keep(try rootKey(row)) }
        ring.keep(WorkspaceKeys(try rootKey(row)), of: Workspace.ID(String(name.dropFirst(Self.workspacePrefix.count))))
    }
}

/// Keys in the database.
extension SealingConnection {
    static let installation = "installation"
    static let workspacePrefix = "workspace:"

    /// The keys of a workspace.
    /// - Throws: `storage_fault` when it has none.
    func keys(of workspace: Workspace.ID) throws(DeskError) -> WorkspaceKeys {
        guard let keys = try keys(ofPerhaps: workspace) else { throw .storageFault("a workspace has no key") }
        return keys
    }

    /// - Returns: nil for a workspace that is not there.
    func keys(ofPerhaps workspace: Workspace.ID) throws(DeskError) -> WorkspaceKeys? {
        if let known = ring.keys(of: workspace) { return known }
        if let known = vault.keys(of: workspace) {
            ring.keep(known, of: workspace)
            return known
        }
        guard let row = try base.first(.sealingKey(Self.workspacePrefix + workspace.text)) else { return nil }
        let keys = WorkspaceKeys(try rootKey(row))
        ring.keep(keys, of: workspace)
        return keys
    }

    func makeKeys(of workspace: Workspace.ID) throws(DeskError) {
        _ = try installationKey()
        ring.keep(WorkspaceKeys(try makeRootKey(Self.workspacePrefix + workspace.text)), of: workspace)
    }

    /// Makes the key of a contact or a conversation that is new.
    func makeKey(of subject: String, in workspace: Workspace.ID) throws(DeskError) {
        let key = NamedKey(id: .random(), key: SymmetricKey(size: .bits256))
        let wrapped = try WrappedKey.wrap(key, under: keys(of: workspace).wrap)
        try base.perform(.insertContentKey(subject, in: workspace, key.id, wrapped))
        ring.keep(KeyRing.Subject(key: key, workspace: workspace), of: subject)
    }

    /// What was sealed with it is lost for good.
    func destroyKey(of subject: String) throws(DeskError) {
        if let row = try base.first(.contentKey(of: subject)) {
            let id = KeyID(text: try row.text("id"))
            vault.forget([id])
            ring.forget(id, of: subject)
        }
        try base.run("DELETE FROM content_keys WHERE subject = \(subject)")
    }

    func installationKey() throws(DeskError) -> NamedKey {
        let key =
            if let row = try base.first(.sealingKey(Self.installation)) { try rootKey(row) } else { try makeRootKey(Self.installation) }
        ring.keep(key)
        return key
    }

    private func key(of subject: String) throws(DeskError) -> NamedKey {
        try subjectKey(subject).key
    }

    private func subjectKey(_ subject: String) throws(DeskError) -> KeyRing.Subject {
        if let known = ring.subject(subject) { return known }
        guard let row = try base.first(.contentKey(of: subject)) else { throw .storageFault("a conversation or contact has no key") }
        let found = KeyRing.Subject(key: try contentKey(row), workspace: try row.identifier("workspace"))
        ring.keep(found, of: subject)
        return found
    }

    private func workspace(of place: SealSubject.Place) throws(DeskError) -> Workspace.ID? {
        switch place {
        case .inbox(let inbox): try workspace(of: inbox)
        case .conversation(let conversation): try subjectKey(conversation.text).workspace
        }
    }

    private func required(_ workspace: Workspace.ID?) throws(DeskError) -> Workspace.ID {
        guard let workspace else { throw .storageConflict("an inbox is not there") }
        return workspace
    }

    private func contentKey(_ row: SQLRow) throws(DeskError) -> NamedKey {
        try WrappedKey.open(row.blob("wrapped"), named: KeyID(text: row.text("id")), under: keys(of: row.identifier("workspace")).wrap)
    }

    private func workspace(of inbox: Inbox.ID) throws(DeskError) -> Workspace.ID? {
        if let known = ring.workspace(of: inbox) ?? vault.workspace(of: inbox) { return known }
        guard let row = try base.first("SELECT workspace FROM inboxes WHERE id = \(inbox)") else { return nil }
        let workspace: Workspace.ID = try row.identifier("workspace")
        ring.keep(workspace, of: inbox)
        return workspace
    }

    private func rootKey(_ row: SQLRow) throws(DeskError) -> NamedKey {
        let needed = try row.text("master")
        guard needed == vault.master.id else { throw .masterKeyWrong(vault.master.id, needed: needed) }
        return try WrappedKey.open(row.blob("wrapped"), named: KeyID(text: row.text("id")), under: vault.master.derived(for: "wrap"))
    }

    /// All root keys are under one master key.
    private func makeRootKey(_ name: String) throws(DeskError) -> NamedKey {
        if let needed = try base.first(.sealingKey(Self.installation))?.text("master"), needed != vault.master.id {
            throw .masterKeyWrong(vault.master.id, needed: needed)
        }
        let key = NamedKey(id: .random(), key: SymmetricKey(size: .bits256))
        let wrapped = try WrappedKey.wrap(key, under: vault.master.derived(for: "wrap"))
        try base.perform(.insertSealingKey(name, key.id, wrapped, vault.master.id))
        return key
    }
}

/// Another master key.
extension SealingConnection {
    /// Wraps every key that the master key wraps under another one; what is sealed stays as it is.
    /// - Returns: how many keys that were.
    func rewrap(under other: MasterKey) throws(DeskError) -> Int {
        let rows = try base.query("SELECT name, id, wrapped, master FROM sealing_keys ORDER BY name")
        for row in rows {
            let wrapped = try WrappedKey.wrap(rootKey(row), under: other.derived(for: "wrap"))
            try base.run(
                "UPDATE sealing_keys SET wrapped = \(wrapped), master = \(other.id) WHERE name = \(row.text("name"))")
        }
        return rows.count
    }
}
