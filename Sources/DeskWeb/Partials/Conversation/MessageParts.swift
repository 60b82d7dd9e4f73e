import DeskCore

/// The message that another one answers, in a few words.
package struct Quote: Sendable {
    package let author: String
    package let snippet: String
    /// `#message-…` when it is on the same page; nil when it is older.
    package let path: String?

    package init(author: String, snippet: String, path: String? = nil) {
        self.author = author
        self.snippet = snippet
        self.path = path
    }
}

/// A reaction, and who reacted.
package struct ReactionView: Sendable {
    package let emoji: String
    /// "Reaccionó Ana", for the title and for screen readers.
    package let words: String
    package let isOurs: Bool
    /// It is on its way, or was not taken.
    package let isUnsure: Bool

    package init(emoji: String, authorName: String, isOurs: Bool = false, isUnsure: Bool = false, wording: Wording) {
        self.emoji = emoji
        self.isOurs = isOurs
        self.isUnsure = isUnsure
        words = wording.text("message.reaction", ["name": authorName, "emoji": emoji])
    }
}

/// A place, linked to OpenStreetMap; no map of somebody else is embedded.
package struct LocationView: Sendable {
    package let name: String?
    package let address: String?
    package let coordinates: String
    package let mapURL: String

    init(_ location: Location) {
        let latitude = Self.fiveDecimals(location.latitude)
        let longitude = Self.fiveDecimals(location.longitude)
        name = location.name
        address = location.address
        coordinates = "\(latitude), \(longitude)"
        mapURL = "https://www.openstreetmap.org/?mlat=\(latitude)&mlon=\(longitude)#map=17/\(latitude)/\(longitude)"
    }

    /// Five decimals are about a metre; more would only look exact.
    private static func fiveDecimals(_ degrees: Double) -> String {
        String((degrees * 100_000).rounded() / 100_000)
    }
}

/// A contact card that somebody sent.
package struct ContactCard: Sendable {
    package let name: String
    package let initials: String
    package let organization: String?
    package let phones: [String]
    package let emails: [String]

    init(_ contact: SharedContact, wording: Wording) {
        let name = contact.name ?? wording.text("message.contactWithoutName")
        self.name = name
        initials = Initials.of(name)
        organization = contact.organization
        phones = contact.phones
        emails = contact.emails
    }
}

/// A basket from the catalogue.
package struct OrderView: Sendable {
    package struct Line: Sendable {
        package let product: String
        package let quantity: String
        package let price: String?
    }

    package let title: String
    package let lines: [Line]

    init(_ order: Order, wording: Wording) {
        title = wording.text("message.order", count: order.items.reduce(0) { $0 + max(0, min($1.quantity, 1_000_000)) })
        lines = order.items.map { item in
            let price = item.price.map { [wording.amount($0), item.currency].compactMap(\.self).joined(separator: " ") }
            return Line(product: item.product, quantity: "\(item.quantity) ×", price: price)
        }
    }
}

extension Wording {
    /// A sum of money as the reader writes it: two decimals where the provider wrote one, and their decimal mark.
    func amount(_ written: String) -> String {
        let parts = written.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) else { return written }
        let decimals = parts[1].count == 1 ? parts[1] + "0" : parts[1]
        return parts[0] + (catalogue.language == .english ? "." : ",") + decimals
    }
}

/// The advertisement or post that brought the contact.
package struct ReferralView: Sendable {
    package let headline: String?
    package let body: String?
    /// Only an `https` address becomes a link.
    package let url: String?

    init(_ referral: Referral) {
        headline = referral.headline
        body = referral.body
        url = referral.sourceURL.flatMap { $0.hasPrefix("https://") ? $0 : nil }
    }
}
