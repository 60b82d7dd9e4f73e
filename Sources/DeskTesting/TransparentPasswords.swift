package import DeskCore
import DeskServices
import Synchronization

/// Password hashing that hashes nothing, so that tests are quick. It counts, because whoever asks about nobody must cause the same work.
package final class TransparentPasswords: PasswordHashing {
    private let count = Mutex(0)
    private let whileComparing: @Sendable () async -> Void

    /// - Parameter whileComparing: runs within each comparison, which in reality takes long enough for others to act.
    package init(whileComparing: @escaping @Sendable () async -> Void = {}) {
        self.whileComparing = whileComparing
    }

    /// How often a password was compared.
    package var comparisons: Int { count.withLock { $0 } }

    package func verifier(for password: Secret, salt: [UInt8]) async throws -> String {
        "transparent:\(salt.hexadecimal):\(password.exposed())"
    }

    package func matches(_ password: Secret, verifier: String?) async -> Bool {
        count.withLock { $0 += 1 }
        await whileComparing()
        guard let verifier else { return false }
        return verifier.hasSuffix(":" + password.exposed()) && !password.isEmpty
    }
}
