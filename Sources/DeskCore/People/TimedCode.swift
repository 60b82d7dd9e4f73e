import Crypto

/// Six-digit codes that an authenticator app shows (TOTP, RFC 6238 over HOTP, RFC 4226): SHA-1, 30 seconds, as every app knows them.
package struct TimedCode: Sendable {
    /// In seconds.
    package static let step: Int64 = 30
    package static let secretLength = 20
    /// Steps before and after now that still count: clocks differ, and people type slowly.
    private static let tolerance: Int64 = 1

    private let secret: [UInt8]

    /// - Parameter secret: `secretLength` random bytes.
    package init(secret: [UInt8]) { self.secret = secret }

    /// The step in which a typed code holds; nil for a wrong one. A step must be used once only.
    /// - Parameter typed: as a person typed it; blanks are passed over.
    package func step(of typed: String, at now: Instant) -> Int64? {
        let digits = typed.filter { !$0.isWhitespace }
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let current = now.unixSeconds.quotient(flooredBy: Self.step)
        return ((current - Self.tolerance)...(current + Self.tolerance)).last { code(at: $0) == digits }
    }

    /// RFC 4226, section 5.3.
    package func code(at step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(bitPattern: step) >> (8 * UInt64(7 - $0))) }
        let digest = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - text.utf8.count) + text
    }

    /// The secret as people type it into an app: base32 without padding (RFC 4648, section 6).
    package var words: String { Base32.text(secret) }

    /// What an authenticator app on the same device opens (Google Authenticator's key URI format).
    /// - Parameters:
    ///   - account: who signs in.
    ///   - issuer: whose sign-in it is.
    package func link(account: String, issuer: String) -> String {
        "otpauth://totp/\(Self.escaped(issuer)):\(Self.escaped(account))?secret=\(words)&issuer=\(Self.escaped(issuer))"
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [45, 46, 95, 126].contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.utf8.count < 2 ? "0" + digits : digits)
        }.joined()
    }
}

/// Bytes as capitals and digits that are not mistaken for one another (RFC 4648, section 6), without padding.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    package static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xffff
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits)) & 31])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
        return text
    }

    /// - Parameter text: in capitals or not, without padding.
    /// - Returns: nil for what is not exactly what `text(_:)` writes for some bytes.
    package static func bytes(_ text: String) -> [UInt8]? {
        var (bytes, buffer, bits) = ([UInt8](), UInt32(0), 0)
        for character in text.uppercased() {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 5 | UInt32(value)) & 0xffff
            bits += 5
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
        }
        return self.text(bytes) == text.uppercased() ? bytes : nil
    }
}
