package import DeskCore

/// Where a mail server is, and how it is spoken to.
package struct MailServer: Hashable, Sendable {
    package enum Security: String, Sendable, Hashable, CaseIterable {
        /// TLS from the first byte (RFC 8314 section 3).
        case tls
        /// Plain words until STARTTLS, which is demanded: without it nothing is said.
        case startTLS = "starttls"
        /// No protection at all; only for a server on this machine.
        case plain = "none"
    }

    package let host: String
    package let port: Int
    package let security: Security
    /// Certificates in PEM form that are trusted beside the system's: a business may have an authority of its own.
    package let authorities: String?

    package init(host: String, port: Int, security: Security, authorities: String? = nil) {
        self.host = host
        self.port = port
        self.security = security
        self.authorities = authorities
    }

    /// Whether what is said to it may go without protection: nobody on the way can listen.
    package var mayBeSpokenToInTheClear: Bool { ["localhost", "127.0.0.1", "::1"].contains(host.lowercased()) }
}

/// How somebody proves to a mail server whose mailbox it is.
package enum MailCredentials: Sendable {
    /// SASL PLAIN (RFC 4616), or LOGIN where the server has nothing else.
    case password(user: String, password: Secret)
    /// SASL XOAUTH2, as Google and Microsoft take it.
    case bearer(user: String, token: Secret)

    /// The initial response of SASL's PLAIN or XOAUTH2, before Base64.
    var initialResponse: [UInt8] {
        switch self {
        case .password(let user, let password): [0] + Array(user.utf8) + [0] + Array(password.exposed().utf8)
        case .bearer(let user, let token): Array("user=\(user)\u{1}auth=Bearer \(token.exposed())\u{1}\u{1}".utf8)
        }
    }

    var mechanism: String {
        switch self {
        case .password: "PLAIN"
        case .bearer: "XOAUTH2"
        }
    }
}
