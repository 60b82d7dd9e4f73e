package import DeskCore
import NIOSSL
import Synchronization

/// What the server proves its name with to new connections; it can be replaced while the server runs. TLS 1.2 is the oldest that is spoken.
package final class CurrentCertificate: Sendable {
    /// A certificate with its chain, and the key of it, in PEM.
    package struct Pair: Hashable, Sendable {
        package let chain: [UInt8]
        package let key: [UInt8]

        package init(chain: [UInt8], key: [UInt8]) {
            self.chain = chain
            self.key = key
        }
    }

    private let current: Mutex<Checked>

    /// A pair that connections can be made with.
    private struct Checked: Sendable {
        let context: NIOSSLContext
        let end: Instant
    }

    /// - Throws: `certificate_unusable`.
    package init(_ pair: Pair) throws(DeskError) { current = Mutex(try Self.check(pair)) }

    /// Gives the pair to all connections that begin from now on; those that there are go on with what they have.
    /// - Throws: `certificate_unusable`; then nothing has changed.
    package func replace(by pair: Pair) throws(DeskError) {
        let checked = try Self.check(pair)
        current.withLock { $0 = checked }
    }

    /// When the certificate ends.
    package var end: Instant { current.withLock(\.end) }

    var context: NIOSSLContext { current.withLock(\.context) }

    private static func check(_ pair: Pair) throws(DeskError) -> Checked {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(pair.chain)
            let key = try NIOSSLPrivateKey(bytes: pair.key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            let end = chain.first.map { Instant(microseconds: Int64($0.notValidAfter) * 1_000_000) }
            return Checked(context: try NIOSSLContext(configuration: configuration), end: end ?? Instant(microseconds: 0))
        } catch {
            throw DeskError(
                .certificateUnusable,
                message: "The certificate and its key can't be used together: each must be PEM, the key without a passphrase, "
                    + "and the key that of the first certificate.")
        }
    }
}

extension DeskError.Code {
    package static let certificateUnusable = Self("certificate_unusable")
}
