package import DeskCore

/// A value that nobody can guess: shown once, kept only as a digest.
package struct OpaqueToken: Sendable {
    package let text: Secret
    package let digest: String

    /// - Parameter chance: gives 32 bytes.
    package init(from chance: some ChanceSource) {
        let text = chance.bytes(32).hexadecimal
        self.text = Secret(text)
        digest = DeskCore.Digest.of(text)
    }

    /// The digest of what somebody presented; nil when it can't be a token of ours, so that nothing odd reaches the store.
    package static func digest(of presented: String) -> String? {
        let isToken = presented.utf8.count == 64 && presented.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        return isToken ? Digest.of(presented) : nil
    }
}
