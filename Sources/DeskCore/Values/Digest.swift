import Crypto

/// SHA-256, spelled in lower-case hexadecimal.
package enum Digest {
    package static func of(_ bytes: some Sequence<UInt8>) -> String {
        SHA256.hash(data: Array(bytes)).hexadecimal
    }

    package static func of(_ text: String) -> String { of(text.utf8) }
}
