import AsyncHTTPClient
package import DeskCore
import Foundation
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// How to set up a simulator.
package struct MetaSimulatorSettings: Sendable {
    package var account: MetaAccount
    package var host: String
    /// 0 for any that is free.
    package var port: Int
    /// Where notices go, taken on trust; nil until `connectWebhook` has made the handshake.
    package var webhook: String?
    package var behaviour: MetaBehaviour
    /// Of all ids; nil for one that differs at every start, so that a client never sees an id again that it had before.
    package var seed: UInt64?

    package init(
        account: MetaAccount, host: String = "127.0.0.1", port: Int = 0, webhook: String? = nil,
        behaviour: MetaBehaviour = MetaBehaviour(), seed: UInt64? = nil
    ) {
        self.account = account
        self.host = host
        self.port = port
        self.webhook = webhook
        self.behaviour = behaviour
        self.seed = seed
    }
}

/// The simulator as a service: listens for Graph and control calls, and calls the webhook. It says in every answer what it is.
package struct MetaSimulatorService: Service {
    /// The running world, for Swift callers.
    package let simulator: MetaSimulator
    private static let maximumConnections = 64
    private let settings: MetaSimulatorSettings
    private let logger: Logger

    /// - Parameter clock: gives the time; the system's if nil.
    package init(settings: MetaSimulatorSettings, logger: Logger, clock: (@Sendable () -> Instant)? = nil) {
        self.settings = settings
        self.logger = logger
        let clock = clock ?? { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
        let world = MetaWorld(
            account: settings.account, behaviour: settings.behaviour, webhook: settings.webhook,
            seed: settings.seed ?? UInt64.random(in: .min ... .max))
        simulator = MetaSimulator(world: world, clock: clock)
    }

    /// Where it listens: `http://127.0.0.1:49152`. Waits until it does.
    /// - Throws: `CancellationError` if it ended before.
    package func baseURL() async throws -> String { try await simulator.baseURL() }

    /// Runs until cancelled or shut down.
    package func run() async throws {
        logger.notice("This is a SIMULATOR of Meta's Graph API: nothing leaves this machine, nobody is reached.")
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.maximumConnections
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        await simulator.call(through: HTTPWebhookCaller(client: client))
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await serve())
        } catch {
            outcome = .failure(error)
        }
        await simulator.finish()
        try await client.shutdown()
        try outcome.get()
    }

    private func serve() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await simulator.deliver() }
            try await application.run()
            group.cancelAll()
        }
    }

    private var application: some ApplicationProtocol {
        Application(
            responder: MetaSimulatorRouter.router(for: simulator).buildResponder(),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "contesta-simulator"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                await simulator.listens(at: "http://\(settings.host):\(port)")
                logger.notice("The simulator listens.", metadata: ["address": "http://\(settings.host):\(port)"])
            },
            logger: logger
        )
    }
}

/// Both sides of the simulator as one responder; tests drive it without a socket.
package enum MetaSimulatorRouter {
    static func router(for simulator: MetaSimulator) -> Router<SimulatorRequestContext> {
        let router = Router(context: SimulatorRequestContext.self)
        router.add(middleware: SimulatorMark())
        ControlRoutes(simulator: simulator).add(to: router)
        GraphRoutes(simulator: simulator).add(to: router)
        return router
    }
}
