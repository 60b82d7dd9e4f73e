import Foundation
import Logging
import ProviderSimulators
import ServiceLifecycle

/// Tells where the simulator listens, connects the webhook, and then lets the cast play.
struct SimulatorAnnouncement: Service {
    let simulation: MetaSimulatorService
    let webhook: String?
    let cast: DemoContactsSettings?
    let logger: Logger

    func run() async throws {
        do {
            try await tell()
        } catch is CancellationError {
            logger.notice("The simulator ends.")
        }
    }

    private func tell() async throws {
        try await cancelWhenGracefulShutdown {
            let baseURL = try await simulation.baseURL()
            announce([
                "event": "listening", "simulator": "meta", "base_url": .string(baseURL), "control_url": .string(baseURL + "/simulator"),
            ])
            if let webhook { try await connect(webhook) }
            if let cast { try await DemoContactsService(simulator: simulation.simulator, settings: cast, logger: logger).run() }
            try await gracefulShutdown()
        }
    }

    /// Repeats the handshake until it passes: the desk may be started after the simulator.
    private func connect(_ url: String) async throws {
        var last: WebhookOutcome?
        while !Task.isCancelled {
            let outcome = await simulation.simulator.connectWebhook(url)
            if outcome != last { announce(outcome, url: url) }
            if outcome.isAccepted { return }
            last = outcome
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func announce(_ outcome: WebhookOutcome, url: String) {
        switch outcome {
        case .answered(let status, _):
            announce(["event": "webhook", "url": .string(url), "verified": .boolean(outcome.isAccepted), "status": .integer(Int64(status))])
        case .failed(let reason):
            announce(["event": "webhook", "url": .string(url), "verified": false, "error": .string(reason)])
        }
    }

    private func announce(_ event: JSONValue) {
        FileHandle.standardOutput.write(Data(event.bytes() + [0x0A]))
    }
}
