import DeskCore

/// Everything that the simulated Meta knows: contacts, windows, budgets, files, receipts, faults. It decides and does nothing: time is
/// an argument, chance is seeded, and what is to be told to the webhook waits in `takeNotices()`.
package struct MetaWorld: Sendable {
    package let account: MetaAccount
    package var behaviour: MetaBehaviour
    var identifiers: MetaIdentifiers
    var contacts: [MetaContact] = []
    var media: [String: StoredMedia] = [:]
    var messages: [String: KnownMessage] = [:]
    package internal(set) var receipts: [Receipt] = []
    package internal(set) var marks: [Mark] = []
    package internal(set) var webhook: WebhookAddress
    var faults = FaultPlan()
    var pairBudgets: [String: RateLimit] = [:]
    var throughput: RateLimit
    private var planned: [PlannedNotices] = []
    private var contactCount = 0
    private var contactIndex: [ContactKey: Int] = [:]

    private enum ContactKey: Hashable { case id(String), phone(String), businessScoped(String) }

    /// - Parameter seed: of all ids that will be made. Two simulators with the same seed make the same message ids.
    package init(account: MetaAccount, behaviour: MetaBehaviour = MetaBehaviour(), webhook: String? = nil, seed: UInt64) {
        self.account = account
        self.behaviour = behaviour
        self.webhook = WebhookAddress(application: webhook)
        identifiers = MetaIdentifiers(seed: seed)
        throughput = Self.throughput(of: behaviour)
    }

    static func throughput(of behaviour: MetaBehaviour) -> RateLimit {
        let perSecond = max(1, behaviour.throughputPerSecond)
        return RateLimit(every: .seconds(1) / perSecond, burst: perSecond)
    }

    /// Forgets contacts, messages, files, receipts and faults; keeps the behaviour, the webhook and the chance.
    package mutating func reset() {
        var fresh = MetaWorld(account: account, behaviour: behaviour, seed: 0)
        fresh.identifiers = identifiers
        fresh.webhook = webhook
        fresh.contactCount = contactCount
        self = fresh
    }

    /// Changes how Meta behaves from now on.
    package mutating func adopt(_ behaviour: MetaBehaviour) {
        self.behaviour = behaviour
        throughput = Self.throughput(of: behaviour)
    }

    // MARK: Notices

    /// What the webhook is to be told since the last call.
    package mutating func takeNotices() -> [PlannedNotices] {
        defer { planned = [] }
        return planned
    }

    mutating func plan(_ notices: [WebhookNotice], contactID: String?, due: Instant) {
        guard !notices.isEmpty else { return }
        planned.append(PlannedNotices(notices: notices, contactID: contactID, due: due))
    }

    // MARK: Faults

    package mutating func add(_ fault: Fault) -> Fault { faults.add(fault) }

    package mutating func clearFaults() { faults.clear() }

    package var pendingFaults: [Fault] { faults.faults }

    package mutating func takeWebhookFault(contactID: String?) -> Fault.Effect? { faults.take(.webhook, contactID: contactID) }

    // MARK: Contacts

    /// - Throws: `ControlError` if neither phone nor business-scoped id is given, or one is taken.
    package mutating func addContact(_ new: NewContact) throws(ControlError) -> MetaContact {
        let phone = new.phone.map(Self.digits).flatMap { $0.isEmpty ? nil : $0 }
        guard phone != nil || new.businessScopedID != nil else { throw ControlError("A contact needs a phone or a bsuid.") }
        guard new.identity != .phone || phone != nil else { throw ControlError("A contact known by phone needs a phone.") }
        let userID = new.businessScopedID ?? identifiers.businessScopedID(country: Self.country(of: phone))
        guard contact(phone: phone) == nil, contact(businessScopedID: userID) == nil else {
            throw ControlError("Another contact has this phone or bsuid.")
        }
        contactCount += 1
        let contact = MetaContact(
            id: "contact-\(contactCount)", name: new.name, phone: phone, businessScopedID: userID,
            parentBusinessScopedID: new.parentBusinessScopedID, username: new.username,
            identity: new.identity ?? (phone == nil ? .businessScoped : .both), sendsReadReceipts: new.sendsReadReceipts,
            isInAllowList: new.isInAllowList, deliveryError: new.deliveryError, lastWroteAt: new.lastWroteAt
        )
        contacts.append(contact)
        index(contact, at: contacts.count - 1)
        return contact
    }

    package var everyContact: [MetaContact] { contacts }

    package func contact(_ id: String) throws(ControlError) -> MetaContact {
        guard let index = contactIndex[.id(id)] else { throw ControlError.unknown("contact", id) }
        return contacts[index]
    }

    func contact(id: String?) -> MetaContact? {
        id.flatMap { contactIndex[.id($0)] }.map { contacts[$0] }
    }

    func contact(phone: String?) -> MetaContact? {
        phone.flatMap { contactIndex[.phone($0)] }.map { contacts[$0] }
    }

    func contact(businessScopedID: String) -> MetaContact? {
        contactIndex[.businessScoped(businessScopedID)].map { contacts[$0] }
    }

    mutating func update(_ id: String, _ change: (inout MetaContact) -> Void) {
        guard let position = contactIndex[.id(id)] else { return }
        contactIndex[.businessScoped(contacts[position].businessScopedID)] = nil
        if let phone = contacts[position].phone { contactIndex[.phone(phone)] = nil }
        change(&contacts[position])
        index(contacts[position], at: position)
    }

    private mutating func index(_ contact: MetaContact, at position: Int) {
        contactIndex[.id(contact.id)] = position
        contactIndex[.businessScoped(contact.businessScopedID)] = position
        if let phone = contact.phone { contactIndex[.phone(phone)] = position }
    }

    static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    /// The country of a business-scoped id, by the number's first digits; good enough for a simulator.
    private static func country(of phone: String?) -> String {
        let prefixes = ["34": "ES", "351": "PT", "55": "BR", "52": "MX", "54": "AR", "57": "CO", "56": "CL", "44": "GB"]
        let match = prefixes.keys.filter { phone?.hasPrefix($0) ?? false }.max { $0.count < $1.count }
        return match.flatMap { prefixes[$0] } ?? "US"
    }
}
