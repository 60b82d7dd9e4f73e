import DeskCore
import DeskWeb
import ProviderSimulators

/// Somebody who writes to the bakery. Nobody's number: they lie in ranges that authorities keep for fiction, or have a run of zeros.
struct Neighbour: Sendable, Hashable {
    let name: String
    /// Digits, country code first; nil for somebody who is known by their business-scoped id alone.
    let phone: String?
    let userID: String
    /// The number that they change to in the course of their story.
    let nextPhone: String?
    let language: Language
    /// Whether others see when they have read; many switch that off.
    let showsReading: Bool

    /// Somebody known by phone, whose other id is made from it.
    init(_ name: String, _ phone: String, _ language: Language = .spanish, nextPhone: String? = nil, showsReading: Bool = true) {
        self.name = name
        self.phone = phone
        userID = "ES.\(phone)"
        self.nextPhone = nextPhone
        self.language = language
        self.showsReading = showsReading
    }

    /// Somebody who keeps their number to themself.
    init(_ name: String, userID: String, _ language: Language = .spanish) {
        self.name = name
        phone = nil
        self.userID = userID
        nextPhone = nil
        self.language = language
        showsReading = true
    }

    /// Any of these may be what the desk knows them by.
    var identities: [ProviderIdentity] {
        [phone, nextPhone].compactMap(\.self).map { ProviderIdentity(.phone, $0) } + [ProviderIdentity(.businessScoped, userID)]
    }

    /// The contact for a simulator.
    /// - Parameters:
    ///   - phone: the one that they have at that time.
    ///   - lastWroteAt: opens the reply window, if it was lately.
    func contact(phone: String?, lastWroteAt: Instant? = nil) -> NewContact {
        var contact = NewContact(name: name, phone: phone, businessScopedID: userID)
        contact.lastWroteAt = lastWroteAt
        contact.sendsReadReceipts = showsReading
        return contact
    }
}
