import Crypto

/// A node of a ledger's Merkle tree: 32 bytes of SHA-256, with leaves and inner nodes kept apart by a first byte
/// (RFC 9162 section 2.1.1).
package struct MerkleHash: Hashable, Sendable {
    package static let byteCount = 32

    /// The root of a tree without leaves: the hash of nothing.
    package static let ofNothing = MerkleHash(SHA256.hash(data: [UInt8]()))

    package let bytes: [UInt8]

    /// - Returns: nil for any other number of bytes than 32.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    private init(_ digest: SHA256.Digest) { bytes = Array(digest) }

    /// SHA-256(0x00 ‖ leaf).
    package static func leaf(_ leaf: some Sequence<UInt8>) -> MerkleHash {
        MerkleHash(SHA256.hash(data: [0] + Array(leaf)))
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(1 + 2 * byteCount)
        bytes += left.bytes
        bytes += right.bytes
        return MerkleHash(SHA256.hash(data: bytes))
    }

    package var hexadecimal: String { bytes.hexadecimal }

    /// - Returns: nil for anything but 64 lower-case hexadecimal digits.
    package init?(hexadecimal text: String) {
        guard let bytes = [UInt8](hexadecimal: text) else { return nil }
        self.init(bytes)
    }
}

extension [UInt8] {
    /// - Returns: nil for anything but pairs of lower-case hexadecimal digits: one value has one spelling.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(ofDigit: digits[place]), let low = Self.value(ofDigit: digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
