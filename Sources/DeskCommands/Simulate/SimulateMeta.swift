import ArgumentParser
import DeskCore
import Foundation
import Logging
import ProviderSimulators
import ServiceLifecycle
import UnixSignals

/// `contesta simulate meta`: the WhatsApp Cloud API.
struct SimulateMeta: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meta", abstract: "A local stand-in of Meta's Graph API for WhatsApp. It reaches nobody.",
        discussion: """
            Connect an inbox with api_base set to the address that is printed, and with the same ids and secrets. Contacts write when \
            they are told to (POST /simulator/contacts/…/messages; see docs/simulator.md), or by themselves with --contacts.

            Standard output carries one line of JSON for each event (listening, webhook); everything else goes to standard error.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Where to listen. Only on this machine, for the control side asks for no token; port 0 for any.", valueName: "host:port"))
    var listen = LoopbackAddress(host: "127.0.0.1", port: 8_090)

    @Option(
        help: ArgumentHelp(
            "The webhook to call. Meta's verification handshake comes first, and is repeated until it passes.", valueName: "url"))
    var webhook: String?

    @Option(help: "The phone number id to play.")
    var phoneNumberId = "100200300400500"

    @Option(help: "The WhatsApp Business account id to play.")
    var wabaId = "500400300200100"

    @Option(help: "The business's number as contacts see it; digits only.")
    var displayPhoneNumber = "34911000000"

    @OptionGroup(title: "Secrets")
    var secrets: SimulatorSecretOptions

    @Option(help: "Makes all ids repeat from run to run. Without it they differ, so that no client meets an id twice.")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp("How many invented contacts (16 at most) go on writing and answering by themselves.", valueName: "number"))
    var contacts = 0

    @Option(
        help: ArgumentHelp(
            "Whether messages are reported as sent, delivered and read by themselves: auto or manual.", valueName: "policy"))
    var statuses = MetaBehaviour.Statuses.auto

    @Option(
        help: ArgumentHelp(
            "The first pause before a refused delivery is repeated, as 1s or 200ms; it doubles each time.", valueName: "duration"))
    var retryBase = PauseArgument(duration: .seconds(1))

    /// A test may have told it to answer somebody very late.
    private static let longestShutdown = Duration.seconds(5)

    func run() async throws {
        let logger = Logger(label: "contesta.simulator") { StreamLogHandler.standardError(label: $0) }
        let simulation = MetaSimulatorService(settings: try settings(), logger: logger)
        let announcement = SimulatorAnnouncement(simulation: simulation, webhook: webhook, cast: cast, logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: simulation),
                .init(service: announcement, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.longestShutdown
        let group = ServiceGroup(configuration: configuration)
        do {
            try await group.run()
        } catch {
            let complaint = "The simulator ended: \(error). If \(listen) is taken, choose another address with --listen.\n"
            FileHandle.standardError.write(Data(complaint.utf8))
            throw ExitCode(EX_UNAVAILABLE)
        }
    }

    private func settings() throws -> MetaSimulatorSettings {
        let secrets = try secrets.read()
        let account = MetaAccount(
            phoneNumberID: phoneNumberId, businessAccountID: wabaId, displayPhoneNumber: displayPhoneNumber,
            appSecret: secrets.appSecret, accessToken: secrets.accessToken, verifyToken: secrets.verifyToken)
        var behaviour = MetaBehaviour()
        behaviour.statuses = statuses
        behaviour.retryBase = retryBase.duration
        return MetaSimulatorSettings(account: account, host: listen.host, port: listen.port, behaviour: behaviour, seed: seed)
    }

    private var cast: DemoContactsSettings? {
        guard contacts > 0 else { return nil }
        var settings = DemoContactsSettings()
        settings.count = contacts
        settings.waitingAtStart = (contacts + 1) / 2
        settings.seed = seed ?? settings.seed
        return settings
    }
}

extension MetaBehaviour.Statuses: ExpressibleByArgument {}

/// An address on this machine.
struct LoopbackAddress: ExpressibleByArgument, CustomStringConvertible {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = UInt16(argument[argument.index(after: colon)...]) else { return nil }
        let host = String(argument[..<colon])
        guard host == "localhost" || host.hasPrefix("127.") else { return nil }
        self.init(host: host, port: Int(port))
    }

    var description: String { "\(host):\(port)" }
}

/// A pause: `1s`, `200ms`.
struct PauseArgument: ExpressibleByArgument, CustomStringConvertible {
    let duration: Duration

    init(duration: Duration) { self.duration = duration }

    init?(argument: String) {
        if argument.hasSuffix("ms"), let milliseconds = Int(argument.dropLast(2)), milliseconds >= 0 {
            duration = .milliseconds(milliseconds)
        } else if argument.hasSuffix("s"), let seconds = Int(argument.dropLast()), seconds >= 0 {
            duration = .seconds(seconds)
        } else {
            return nil
        }
    }

    var description: String { "\(duration.wholeMilliseconds)ms" }
}
