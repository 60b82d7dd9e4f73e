import NIOCore
import NIOPosix
import NIOSSL

/// A connection over TCP, with TLS where it is asked for.
package struct ChannelConnection: MailConnection {
    private let channel: any Channel
    private let received: NIOLoopBound<ReceivedBytes>
    private let tls: NIOSSLContext?
    private let host: String

    /// - Parameter time: for the connection itself; the TLS of `Security.tls` is agreed with the first words.
    /// - Throws: `unreachable`, `timedOut`; `insecure` for authorities that can't be read, and for a server elsewhere that is to be spoken to
    ///   without protection.
    package static func open(to server: MailServer, within time: Duration) async throws(MailFault) -> ChannelConnection {
        guard server.security != .plain || server.mayBeSpokenToInTheClear else {
            throw MailFault(.insecure, "Without protection only a server on this machine is spoken to.")
        }
        do {
            let tls = try server.security == .plain ? nil : NIOSSLContext(configuration: server.clientConfiguration())
            let (channel, received) = try await connect(to: server, tls, within: time)
            return ChannelConnection(channel: channel, received: received, tls: tls, host: server.host)
        } catch {
            throw MailFault(connecting: error)
        }
    }

    private static func connect(
        to server: MailServer, _ tls: NIOSSLContext?, within time: Duration
    ) async throws -> (any Channel, NIOLoopBound<ReceivedBytes>) {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(time))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ReceivedBytes()
                    if let tls, server.security == .tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, name: server.host))
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
    }

    package func send(_ bytes: [UInt8]) async throws(MailFault) {
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        } catch {
            throw MailFault(connecting: error)
        }
    }

    package func receive(within time: Duration) async throws(MailFault) -> [UInt8] {
        do {
            return try await withTaskCancellationHandler {
                try await channel.eventLoop.flatSubmit { [channel, received] in
                    received.value.next(within: TimeAmount(time), on: channel)
                }.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw MailFault(connecting: error)
        }
    }

    package func startTLS() async throws(MailFault) {
        do {
            try await channel.eventLoop.submit { [channel, received, tls, host] in
                guard let tls, received.value.isEmpty else {
                    throw MailFault(.insecure, "The server said more than was asked before TLS began. Nothing was told to it.")
                }
                try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, name: host), position: .first)
            }.get()
        } catch {
            throw MailFault(connecting: error)
        }
    }

    package func close() async {
        try? await channel.close().get()
    }
}

extension NIOSSLClientHandler {
    /// An address has no name to be asked for by (RFC 6066 section 3); the certificate is compared with it all the same.
    fileprivate convenience init(context: NIOSSLContext, name: String) throws {
        let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
        try self.init(context: context, serverHostname: isAddress ? nil : name)
    }
}

extension MailServer {
    fileprivate func clientConfiguration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authorities {
            let certificates = try NIOSSLCertificate.fromPEMBytes(Array(authorities.utf8))
            configuration.additionalTrustRoots = [.certificates(certificates)]
        }
        return configuration
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
