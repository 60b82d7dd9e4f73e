import NIOCore
import NIOPosix
import Synchronization

/// A server on this machine that remembers what it hears, and says what it was given to say.
final class ScriptedServer: Sendable {
    /// What it does once it was asked something.
    enum Answer: Sendable {
        /// Says it, and hangs up.
        case says(String)
        /// Says it, and never anything again, without hanging up.
        case beginsWith(String)
        /// Says it again and again.
        case neverStops(String)
    }

    private let heard = Heard()
    private let channel: any Channel

    init(_ answer: Answer) async throws {
        let heard = heard
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Speaker(answer, heard)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    /// What came with each connection, one after the other; as far as it is text.
    var words: [String] { heard.words.withLock { $0 } }

    func close() async throws { try await channel.close() }
}

private final class Heard: Sendable {
    let words = Mutex<[String]>([])
}

/// One connection.
private final class Speaker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: ScriptedServer.Answer
    private let heard: Heard
    private var hasAnswered = false

    init(_ answer: ScriptedServer.Answer, _ heard: Heard) {
        self.answer = answer
        self.heard = heard
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        heard.words.withLock { $0.append(String(buffer: unwrapInboundIn(data))) }
        guard !hasAnswered else { return }
        hasAnswered = true
        switch answer {
        case .says(let text):
            say(text, context)
            context.close(promise: nil)
        case .beginsWith(let text), .neverStops(let text):
            say(text, context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if hasAnswered, context.channel.isWritable { goOn(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        goOn(context)
    }

    private func goOn(_ context: ChannelHandlerContext) {
        guard case .neverStops = answer else { return }
        while context.channel.isWritable, context.channel.isActive {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: UInt8(ascii: "x"), count: 65_536)), promise: nil)
        }
    }
}
