import Crypto

/// What a ledger says of content that may have to be erased: HMAC-SHA256 under a salt of the entry's own.
///
/// The salt lies beside the content, never in the ledger. Whoever has both can show that this content was meant; once the salt is
/// erased, nobody can tell anything from the commitment, not even by trying out every telephone number.
package struct LedgerCommitment {
    /// Bytes of a salt: nobody tries out 2^128 of them.
    package static let saltLength = 16

    private let salt: [UInt8]

    /// - Parameter salt: in hexadecimal.
    package init(salt: String) {
        self.salt = [UInt8](hexadecimal: salt) ?? Array(salt.utf8)
    }

    /// To a message as it was when the entry was made: its direction, kind and text, the provider's digests and names of its files, and of
    /// a mail its subject, who gets it, and its source.
    package func content(of message: Message) -> String {
        var encoder = CanonicalEncoder()
        encoder.append("content")
        encoder.append(message.direction.rawValue)
        encoder.append(message.content.kind.rawValue)
        encoder.append(message.content.text)
        for file in message.content.attachments {
            encoder.append(file.mediaType)
            encoder.append(file.fileName ?? "")
            encoder.append(file.blob ?? file.providerDigest ?? "")
        }
        if let mail = message.content.mail {
            encoder.append("mail")
            for part in [mail.subject] + (mail.to + mail.cc).map(\.address) + [mail.source ?? ""] { encoder.append(part) }
        }
        return commitment(encoder)
    }

    /// To whom a reply goes.
    package func recipient(_ recipient: FrozenRecipient) -> String {
        var encoder = CanonicalEncoder()
        encoder.append("recipient")
        encoder.append(recipient.inbox.text)
        encoder.append(recipient.conversation.text)
        encoder.append(recipient.identity.scheme.rawValue)
        encoder.append(recipient.identity.value)
        return commitment(encoder)
    }

    /// To the name that somebody signed with.
    package func typedName(_ name: String) -> String {
        var encoder = CanonicalEncoder()
        encoder.append("typed_name")
        encoder.append(name)
        return commitment(encoder)
    }

    private func commitment(_ encoder: CanonicalEncoder) -> String {
        HMAC<SHA256>.authenticationCode(for: encoder.bytes, using: SymmetricKey(data: salt)).hexadecimal
    }
}
