package import DeskCore

/// Turns passwords into what is stored, and compares. Slow on purpose; implemented where the cryptography is.
package protocol PasswordHashing: Sendable {
    /// - Returns: the encoded result, with its parameters and salt.
    func verifier(for password: Secret, salt: [UInt8]) async throws -> String
    /// Constant time, and the same work for a verifier that is nil: nobody learns whether an account exists.
    func matches(_ password: Secret, verifier: String?) async -> Bool
}
