/// Why a provider did not deliver, classed by what the desk should do about it.
package struct DeliveryFailure: Error, Hashable, Sendable, Codable {
    package enum Class: String, Hashable, Sendable, Codable, CaseIterable {
        /// The provider stumbles; the same request may succeed later.
        case transient
        /// Too fast; the same request will succeed later.
        case rate
        /// The channel's reply window has closed.
        case window
        /// This contact can't be reached so; retrying won't help.
        case recipient
        /// The content was refused; it must change.
        case content
        /// Our account is refused: token, payment, registration. Everything on this inbox stops until an operator acts.
        case account
    }

    package var `class`: Class
    /// The provider's own code, as text: numbers at Meta, words elsewhere.
    package var code: String
    /// What the provider says; for operators, not for contacts.
    package var text: String
    /// How long the provider asks us to wait.
    package var retryAfter: Duration?

    package init(_ class: Class, code: String, text: String, retryAfter: Duration? = nil) {
        self.class = `class`
        self.code = code
        self.text = text
        self.retryAfter = retryAfter
    }

    /// Whether sending the very same again later is right.
    package var isRetryable: Bool { self.class == .transient || self.class == .rate }
}
