import Crypto
import DeskCore
import MailFormat

/// What tells a mail from all others: everything in it that its sender wrote. What servers add on the way is left out, so that the same mail
/// in two folders, or under a new UIDVALIDITY, is one. The Message-ID alone would not do: anybody can give a mail another one's.
enum MailIdentity {
    private static let fields = ["Message-ID", "Date", "From", "To", "Cc", "Subject"]

    /// - Returns: `mail:` and SHA-256 in lower-case hexadecimal.
    static func of(_ mail: Mail, _ bytes: [UInt8]) -> String {
        var hash = SHA256()
        for field in fields {
            hash.update(data: Array("\(field)\u{0}".utf8))
            for value in mail.headers.all(field) { hash.update(data: value.bytes + [0]) }
        }
        hash.update(data: body(of: bytes))
        return "mail:\(Array(hash.finalize()).hexadecimal)"
    }

    /// What follows the first empty line, with line ends as LF.
    private static func body(of bytes: [UInt8]) -> [UInt8] {
        let plain = bytes.filter { $0 != 0x0D }
        let start = plain.indices.dropLast().first { plain[$0] == 0x0A && plain[$0 + 1] == 0x0A }
        return Array(plain[(start ?? plain.startIndex)...])
    }
}
