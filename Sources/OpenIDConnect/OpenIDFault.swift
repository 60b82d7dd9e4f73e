/// Why a provider, or what it sent, is not taken.
package struct OpenIDFault: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// This program can't work with the provider as it is.
        case unsuitable
        /// The provider can't be asked, or does not do its part; it may later.
        case unavailable
        /// What came proves nothing.
        case refused
    }

    package let kind: Kind
    /// A sentence for the operator. Holds nothing that a person or a provider could have written, but for names of fields and codes.
    package let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
