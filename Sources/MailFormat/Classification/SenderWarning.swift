/// Why the sender of a mail may not be who they seem to be. It is shown; nothing is kept back for it.
package enum SenderWarning: String, Sendable {
    /// The name shows another address than the real one.
    case feignedAddress = "address_spoof"
    /// The receiving server found that the sender's domain did not send it (DMARC, RFC 7489).
    case failedAuthentication = "auth_results"

    /// - Parameter results: what the trusted receiving server says; nil if it says nothing.
    package init?(_ mail: Mail, _ results: AuthenticationResults?) {
        if mail.from.contains(where: \.nameFeignsAddress) {
            self = .feignedAddress
        } else if results?.dmarc == "fail" {
            self = .failedAuthentication
        } else {
            return nil
        }
    }
}
