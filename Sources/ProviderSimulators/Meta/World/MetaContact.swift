package import DeskCore

/// A contact to be added: a person with WhatsApp who may write to the account.
package struct NewContact: Hashable, Sendable {
    package var name: String
    /// Digits, country code first. Whatever else is in it is dropped.
    package var phone: String?
    /// The business-scoped user id, `CC.` and alphanumerics.
    package var businessScopedID: String?
    package var parentBusinessScopedID: String?
    package var username: String?
    /// Nil for `both` if there is a phone, else `businessScoped`.
    package var identity: MetaContact.VisibleIdentity?
    package var sendsReadReceipts = true
    package var isInAllowList = true
    /// The code with which everything sent to this contact fails after it was accepted: 131026, 130403, 131049 …
    package var deliveryError: Int?
    /// When they last wrote, before anything that this world tells of: a window may be open already. Nil if they never did.
    package var lastWroteAt: Instant?

    package init(
        name: String, phone: String? = nil, businessScopedID: String? = nil, username: String? = nil,
        identity: MetaContact.VisibleIdentity? = nil
    ) {
        self.name = name
        self.phone = phone
        self.businessScopedID = businessScopedID
        self.username = username
        self.identity = identity
    }
}

/// A person in the simulated world.
package struct MetaContact: Hashable, Sendable {
    /// Which of the contact's ids the webhooks carry.
    package enum VisibleIdentity: String, Hashable, Sendable {
        case both, phone
        case businessScoped = "bsuid"
    }

    /// The simulator's own name for them, in the control API.
    package let id: String
    package let name: String
    package internal(set) var phone: String?
    package internal(set) var businessScopedID: String
    package let parentBusinessScopedID: String?
    package let username: String?
    package let identity: VisibleIdentity
    package let sendsReadReceipts: Bool
    package let isInAllowList: Bool
    package let deliveryError: Int?
    /// The time of the contact's latest message: opens the window for 24 hours.
    package internal(set) var lastWroteAt: Instant?
    /// Messages of ours that arrived and weren't read yet, oldest first.
    package internal(set) var unread: [String] = []

    /// When free replies end; nil if the contact never wrote.
    package var windowClosesAt: Instant? { lastWroteAt.map { $0 + .hours(24) } }

    func isWindowOpen(at now: Instant) -> Bool {
        windowClosesAt.map { now <= $0 } ?? false
    }

    /// The phone number, where webhooks may say it.
    var visiblePhone: String? { identity == .businessScoped ? nil : phone }

    /// The business-scoped id, where webhooks may say it.
    var visibleUserID: String? { identity == .phone ? nil : businessScopedID }
}
