import NIOCore
import NIOPosix
import NIOSSL

/// Keeps what a server says until somebody asks for it, and stops reading while nobody does.
final class ReceivedBytes: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// More than this is left in the system's buffers, and by them with the server.
    private static let most = 1_048_576

    private var bytes = ByteBuffer()
    private var end: MailFault?
    private var asking: EventLoopPromise<[UInt8]>?
    private var timeLimit: Scheduled<Void>?

    var isEmpty: Bool { bytes.readableBytes == 0 }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var received = unwrapInboundIn(data)
        bytes.writeBuffer(&received)
        if bytes.readableBytes > Self.most { pause(context.channel, true) }
        answer(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end = end ?? MailFault(.disconnected, "The server ended the connection.")
        answer(context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end = end ?? MailFault(connecting: error)
        answer(context.channel)
        context.close(promise: nil)
    }

    /// - Returns: no bytes when none came within the time.
    func next(within time: TimeAmount, on channel: any Channel) -> EventLoopFuture<[UInt8]> {
        let promise = channel.eventLoop.makePromise(of: [UInt8].self)
        asking = promise
        timeLimit = channel.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.give([]) }
        answer(channel)
        return promise.futureResult
    }

    private func answer(_ channel: any Channel) {
        guard let asking else { return }
        if bytes.readableBytes > 0 {
            let all = Array(bytes.readableBytesView)
            bytes.clear()
            if all.count > Self.most { pause(channel, false) }
            give(all)
        } else if let end {
            finish()
            asking.fail(end)
        }
    }

    private func give(_ bytes: [UInt8]) {
        let asking = asking
        finish()
        asking?.succeed(bytes)
    }

    private func finish() {
        asking = nil
        timeLimit?.cancel()
        timeLimit = nil
    }

    private func pause(_ channel: any Channel, _ isPaused: Bool) {
        channel.setOption(.autoRead, value: !isPaused).whenComplete { _ in }
    }
}

extension MailFault {
    /// What a network library threw.
    init(connecting error: any Error) {
        switch error {
        case let fault as MailFault: self = fault
        // Who dies says no farewell, under TLS neither: what was agreed before is not in doubt, and the same may go well in a moment.
        case NIOSSLError.uncleanShutdown: self.init(.disconnected, "The connection ended without a farewell.")
        case let error as NIOSSLError where error == .handshakeFailed(.sslError([.eofDuringHandshake])):
            self.init(.disconnected, "The connection ended before TLS was agreed.")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            let text = "\(error)"
            // The library tells a certificate that was not believed by its words alone.
            let isCertificate = ["CERTIFICATE_VERIFY_FAILED", "failedToValidateHostname"].contains { text.contains($0) }
            self =
                isCertificate
                ? Self(
                    .insecure, "The server's certificate is not vouched for by anybody trusted here, or names another.", cause: .certificate
                )
                : Self(.insecure, "TLS was not agreed: \(text)")
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self.init(.unreachable, "There is no server of that name.", cause: .nameUnknown)
        case ChannelError.connectTimeout: self.init(.timedOut, "Nobody answered in time.")
        case is ChannelError: self.init(.disconnected, "The connection ended.")
        default: self.init(.unreachable, "There is no connection: \(error)")
        }
    }
}
