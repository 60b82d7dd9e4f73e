/// One way in which a provider names a person, as received: never guessed from another, and of mail addresses alone the case is changed.
package struct ProviderIdentity: Hashable, Sendable, Codable {
    package enum Scheme: String, Hashable, Sendable, Codable {
        /// A telephone number in the provider's own spelling.
        case phone
        /// An id that holds within one business only (WhatsApp's BSUID).
        case businessScoped = "business_scoped"
        /// A mail address, in lower case: in practice no mailbox tells cases apart, and programs change them.
        case mailAddress = "mail_address"
        /// Any other id of the provider's.
        case opaque
    }

    package let scheme: Scheme
    package let value: String

    package init(_ scheme: Scheme, _ value: String) {
        self.scheme = scheme
        self.value = value
    }
}

/// Who wrote, as far as the provider says. At least one identity, unless the provider sent none at all.
package struct Correspondent: Hashable, Sendable, Codable {
    /// In the order in which a reply should be addressed: the first is preferred.
    package var identities: [ProviderIdentity]
    package var parentUserID: String?
    package var name: String?
    package var username: String?

    package init(identities: [ProviderIdentity], parentUserID: String? = nil, name: String? = nil, username: String? = nil) {
        self.identities = identities
        self.parentUserID = parentUserID
        self.name = name
        self.username = username
    }

    package func identity(_ scheme: ProviderIdentity.Scheme) -> String? {
        identities.first { $0.scheme == scheme }?.value
    }
}
