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
        add(bodyOf: bytes, to: &hash)
        return "mail:\(Array(hash.finalize()).hexadecimal)"
    }

    /// What follows the first empty line, or everything where there is none, with line ends as LF.
    private static func add(bodyOf mail: [UInt8], to hash: inout SHA256) {
        mail.withUnsafeBytes { bytes in
            var rest = bytes[bodyStart(in: bytes)...]
            while let end = rest.firstIndex(of: 0x0D) {
                hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: rest[..<end]))
                rest = rest[(end + 1)...]
            }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: rest))
        }
    }

    /// Where the line ends that an empty one follows.
    private static func bodyStart(in bytes: UnsafeRawBufferPointer) -> Int {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            if bytes[(end + 1)...].first(where: { $0 != 0x0D }) == 0x0A { return end }
            rest = rest[(end + 1)...]
        }
        return 0
    }
}
