import Crypto
import CryptoExtras
import DeskCore
import DeskServices
import Foundation
import NIOPosix

/// Passwords by scrypt (RFC 7914), with the parameters that OWASP advises: N = 2^17, r = 8, p = 1, which take 128 MiB each time.
/// At most two run at once, so that a flood of sign-ins can't take the machine.
struct ScryptPasswords: PasswordHashing {
    private static let blockSize = 8
    private static let outputByteCount = 32

    private let threads: NIOThreadPool
    private let rounds: Int

    /// - Parameter rounds: fewer only in tests and the demonstration, which make many accounts.
    init(rounds: Int = 1 << 17) {
        self.rounds = rounds
        threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
    }

    func verifier(for password: Secret, salt: [UInt8]) async throws -> String {
        let key = try await derive(password, salt: salt, rounds: rounds)
        return "scrypt$\(rounds)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    func matches(_ password: Secret, verifier: String?) async -> Bool {
        let known = verifier.flatMap(Parsed.init)
        let wanted = known ?? Parsed(rounds: rounds, salt: Array(repeating: 0, count: 16), key: [])
        guard let key = try? await derive(password, salt: wanted.salt, rounds: wanted.rounds) else { return false }
        return known != nil && Self.areEqual(key, wanted.key)
    }

    private func derive(_ password: Secret, salt: [UInt8], rounds: Int) async throws -> [UInt8] {
        try await threads.runIfActive {
            let key = try KDF.Scrypt.deriveKey(
                from: Array(password.exposed().precomposedStringWithCanonicalMapping.utf8), salt: salt,
                outputByteCount: Self.outputByteCount, rounds: rounds, blockSize: Self.blockSize, parallelism: 1)
            return key.withUnsafeBytes { Array($0) }
        }
    }

    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private struct Parsed {
        let rounds: Int
        let salt: [UInt8]
        let key: [UInt8]

        init(rounds: Int, salt: [UInt8], key: [UInt8]) {
            self.rounds = rounds
            self.salt = salt
            self.key = key
        }

        init?(_ text: String) {
            let fields = text.split(separator: "$")
            guard fields.count == 4, fields[0] == "scrypt", let rounds = Int(fields[1]), let salt = Data(base64Encoded: String(fields[2])),
                let key = Data(base64Encoded: String(fields[3]))
            else { return nil }
            self.init(rounds: rounds, salt: Array(salt), key: Array(key))
        }
    }
}
