/// Whether a mail is signed or encrypted. It is recognised, not verified.
package enum MailProtection: String, Sendable {
    case signed
    case encrypted

    /// S/MIME (RFC 8551), OpenPGP (RFC 3156), and OpenPGP within the text.
    package init?(_ mail: Mail) {
        let types = [ContentType(mail.headers).mediaType] + mail.parts.map(\.mediaType)
        let text = mail.text ?? ""
        if types.contains("multipart/encrypted") || types.contains("application/pgp-encrypted") || Self.isEnveloped(mail)
            || text.hasPrefix("-----BEGIN PGP MESSAGE-----")
        {
            self = .encrypted
            return
        }
        let signatures = ["multipart/signed", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"]
        let isSigned =
            signatures.contains(where: types.contains) || types.contains(where: isPKCS7)
            || text.hasPrefix("-----BEGIN PGP SIGNED MESSAGE-----")
        guard isSigned else { return nil }
        self = .signed
    }

    private static func isEnveloped(_ mail: Mail) -> Bool {
        mail.parts.contains { part in
            let kind = part.parameter("smime-type")?.lowercased()
            return isPKCS7(part.mediaType) && kind != "signed-data" && kind != "certs-only"
        }
    }
}

private func isPKCS7(_ mediaType: String) -> Bool { ["application/pkcs7-mime", "application/x-pkcs7-mime"].contains(mediaType) }
