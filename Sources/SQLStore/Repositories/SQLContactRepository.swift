import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func contact(in inbox: Inbox.ID, with identity: ProviderIdentity) -> SQLStatement {
        """
        SELECT c.workspace, c.id, c.name, c.identities, c.contact_class
        FROM contact_identities i JOIN contacts c ON c.workspace = i.workspace AND c.id = i.contact
        WHERE i.workspace = (SELECT workspace FROM inboxes WHERE id = \(inbox)) AND i.inbox = \(inbox)
          AND i.scheme = \(identity.scheme.rawValue) AND i.value = \(identity.value, sealedFor: .lookup(.inbox(inbox)))
        """
    }

    fileprivate static func contact(_ id: Contact.ID) -> SQLStatement {
        "SELECT workspace, id, name, identities, contact_class FROM contacts WHERE id = \(id)"
    }

    fileprivate static func insert(
        _ contact: Contact, _ identities: String, in inbox: Inbox.ID, at instant: Instant
    ) -> SQLStatement {
        """
        INSERT INTO contacts (workspace, id, inbox, name, identities, contact_class, created_at)
        VALUES (\(contact.workspace), \(contact.id), \(inbox), \(contact.name, sealedFor: .contact(contact.id)),
                \(identities, sealedFor: .contact(contact.id)),
                \(contact.contactClass.rawValue), \(instant))
        """
    }

    fileprivate static func update(_ contact: Contact, _ identities: String, in inbox: Inbox.ID) -> SQLStatement {
        """
        UPDATE contacts
        SET name = \(contact.name, sealedFor: .contact(contact.id)), identities = \(identities, sealedFor: .contact(contact.id)),
            contact_class = \(contact.contactClass.rawValue)
        WHERE workspace = \(contact.workspace) AND id = \(contact.id) AND inbox = \(inbox)
        """
    }

    fileprivate static func insert(_ identity: ProviderIdentity, of contact: Contact, in inbox: Inbox.ID) -> SQLStatement {
        """
        INSERT INTO contact_identities (workspace, inbox, scheme, value, contact)
        VALUES (\(contact.workspace), \(inbox), \(identity.scheme.rawValue), \(identity.value, sealedFor: .lookup(.inbox(inbox))), \(contact.id))
        ON CONFLICT (workspace, inbox, scheme, value) DO NOTHING
        """
    }

    fileprivate static func removeIdentities(of contact: Contact) -> SQLStatement {
        "DELETE FROM contact_identities WHERE workspace = \(contact.workspace) AND contact = \(contact.id)"
    }
}

struct SQLContactRepository: ContactRepository {
    let connection: SealingConnection

    func contact(in inbox: Inbox.ID, anyOf identities: [ProviderIdentity]) throws -> Contact? {
        for identity in identities {
            if let row = try connection.first(.contact(in: inbox, with: identity)) { return try Self.contact(row) }
        }
        return nil
    }

    func contact(_ id: Contact.ID) throws -> Contact? {
        try connection.first(.contact(id)).map(Self.contact)
    }

    func insert(_ contact: Contact, in inbox: Inbox.ID, at instant: Instant) throws {
        try connection.savepoint {
            try connection.makeKey(of: contact.id.text, in: contact.workspace)
            try connection.perform(.insert(contact, try JSONText.encode(contact.identities), in: inbox, at: instant))
            try insertIdentities(of: contact, in: inbox)
            try SearchDocuments(connection).add(contact, at: instant)
        }
    }

    func update(_ contact: Contact, in inbox: Inbox.ID) throws {
        try connection.savepoint {
            try connection.perform(.update(contact, try JSONText.encode(contact.identities), in: inbox))
            try connection.perform(.removeIdentities(of: contact))
            try insertIdentities(of: contact, in: inbox)
            try SearchDocuments(connection).update(contact)
        }
    }

    private func insertIdentities(of contact: Contact, in inbox: Inbox.ID) throws {
        for identity in contact.identities where try connection.run(.insert(identity, of: contact, in: inbox)) == 0 {
            guard try self.contact(in: inbox, anyOf: [identity])?.id == contact.id else {
                throw DeskError.storageConflict("an identity of the contact belongs to another contact of the inbox")
            }
        }
    }

    static func contact(_ row: SQLRow) throws -> Contact {
        Contact(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), name: try row.optionalSealedText("name"),
            identities: try row.sealedJSON("identities"), contactClass: try row.word("contact_class"))
    }
}
