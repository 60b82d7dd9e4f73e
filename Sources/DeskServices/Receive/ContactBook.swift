import DeskCore

/// Finds the contact and the conversation that something belongs to, or makes them.
struct ContactBook {
    private let delivery: Delivery
    private var session: any StorageSession { delivery.session }

    init(_ delivery: Delivery) { self.delivery = delivery }

    /// - Returns: nil when the provider names no identity to tell the person by.
    func contact(for correspondent: Correspondent) throws -> Contact? {
        guard !correspondent.identities.isEmpty else { return nil }
        guard let known = try known(correspondent) else { return try insert(correspondent) }
        return try refreshed(known, by: correspondent)
    }

    func known(_ correspondent: Correspondent) throws -> Contact? {
        try session.contacts.contact(in: delivery.inbox.id, anyOf: correspondent.identities)
    }

    func conversation(with contact: Contact, startedAt: Instant) throws -> Conversation {
        if let known = try session.conversations.conversation(in: delivery.inbox.id, with: contact.id) { return known }
        let conversation = Conversation(
            id: delivery.context.identifiers.next(at: delivery.now), workspace: delivery.workspace.id, inbox: delivery.inbox.id,
            contact: contact.id, lastActivityAt: startedAt)
        try session.conversations.insert(conversation)
        return conversation
    }

    /// Gives the contact further identities, in front of those it has, unless they are somebody else's.
    func give(_ identities: [ProviderIdentity], to contact: Contact) throws -> Contact {
        let free = try identities.filter { identity in
            let owner = try session.contacts.contact(in: delivery.inbox.id, anyOf: [identity])
            return owner == nil || owner?.id == contact.id
        }
        var updated = contact
        updated.identities = free + contact.identities.filter { !free.contains($0) }
        if updated != contact { try session.contacts.update(updated, in: delivery.inbox.id) }
        return updated
    }

    private func insert(_ correspondent: Correspondent) throws -> Contact {
        let contact = Contact(
            id: delivery.context.identifiers.next(at: delivery.now), workspace: delivery.workspace.id,
            name: correspondent.name ?? correspondent.username, identities: correspondent.identities)
        try session.contacts.insert(contact, in: delivery.inbox.id, at: delivery.now)
        return contact
    }

    private func refreshed(_ contact: Contact, by correspondent: Correspondent) throws -> Contact {
        var renamed = contact
        if let name = correspondent.name, !name.isEmpty { renamed.name = name }
        if renamed != contact { try session.contacts.update(renamed, in: delivery.inbox.id) }
        guard correspondent.identities.contains(where: { !renamed.identities.contains($0) }) else { return renamed }
        return try give(correspondent.identities, to: renamed)
    }
}
