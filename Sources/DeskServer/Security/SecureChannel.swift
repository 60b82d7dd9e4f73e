import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A connection that speaks TLS with the certificate of the moment in which it begins.
struct SecureChannel<Plain: ServerChildChannel>: ServerChildChannel {
    let plain: Plain
    let certificate: CurrentCertificate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Plain.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
        }.flatMap { plain.setup(channel: channel, logger: logger) }
    }

    func handle(value: Plain.Value, logger: Logger) async {
        await plain.handle(value: value, logger: logger)
    }
}
