package import DeskCore

/// Providers of mailboxes, by the domain of an address; and where to look when it tells nothing.
package enum MailProviders {
    package static let all = worldwide + european + american

    /// The provider whose domain an address has; nil for a domain that anybody may have.
    package static func provider(of address: String) -> MailProvider? {
        guard let domain = domain(of: address) else { return nil }
        return all.first { $0.domains.contains(domain) } ?? byBeginning(of: domain)
    }

    package static func provider(id: String) -> MailProvider? { all.first { $0.id == id } }

    /// Where a server would be that is named after the domain, likeliest first.
    package static func guesses(for address: String) -> (imap: [MailProvider.Place], smtp: [MailProvider.Place]) {
        guard let domain = domain(of: address) else { return ([], []) }
        let (imap, mail, smtp) = ("imap.\(domain)", "mail.\(domain)", "smtp.\(domain)")
        return (
            [.init(imap, 993, "tls"), .init(mail, 993, "tls"), .init(mail, 143, "starttls"), .init(imap, 143, "starttls")],
            [
                .init(smtp, 465, "tls"), .init(mail, 465, "tls"), .init(smtp, 587, "starttls"), .init(mail, 587, "starttls"),
            ]
        )
    }

    static func domain(of address: String) -> String? {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), isHostName(parts[1]) else { return nil }
        return parts[1].lowercased()
    }

    private static func isHostName(_ text: Substring) -> Bool {
        text.utf8.count <= 253 && !text.hasPrefix(".") && !text.hasSuffix(".") && !text.contains("..")
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.value > 127 || scalar == "-" || scalar == "." || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            }
    }

    /// Providers with a domain in each country.
    private static func byBeginning(of domain: String) -> MailProvider? {
        let families = [("hotmail.", "outlook"), ("outlook.", "outlook"), ("live.", "outlook"), ("yahoo.", "yahoo"), ("posteo.", "posteo")]
        let labels: [Substring] = domain.split(separator: ".")
        let isCountry = labels.dropFirst().allSatisfy { $0.count <= 3 }
        guard isCountry, let family = families.first(where: { domain.hasPrefix($0.0) }) else { return nil }
        return provider(id: family.1)
    }
}

extension MailProvider {
    /// The settings of a mailbox there.
    package func settings(for address: String) -> [String: String] {
        typealias Key = MailboxSettings.Key
        let localPart = String(address.prefix { $0 != "@" })
        return [
            Key.imapHost: imap.host, Key.imapPort: String(imap.port), Key.imapSecurity: imap.security,
            Key.smtpHost: smtp.host, Key.smtpPort: String(smtp.port), Key.smtpSecurity: smtp.security,
            Key.username: username == .address ? address : localPart, Key.sentCopy: storesSentMails ? "provider" : "desk",
        ]
    }
}
