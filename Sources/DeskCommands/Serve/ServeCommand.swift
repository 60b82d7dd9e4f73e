import ArgumentParser
import DeskCore
import DeskServer
import DeskServices
import DeskWeb
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// `contesta serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the desk.",
        discussion: """
            Settings: flags, then environment (CONTESTA_LISTEN, CONTESTA_PUBLIC_URL, CONTESTA_DATABASE, CONTESTA_UNDO_SECONDS, \
            CONTESTA_LOG_LEVEL, CONTESTA_LEDGER_HEADS, CONTESTA_LEDGER_MINUTES, CONTESTA_LEDGER_ENTRIES, CONTESTA_TLS_CERTIFICATE, \
            CONTESTA_TLS_KEY, CONTESTA_TRUSTED_PROXIES), then contesta.yaml in the data folder (listen, public.url, database, \
            undo.seconds, log.level, ledger.heads, ledger.minutes, ledger.entries, tls.certificate, tls.key, trusted.proxies).

            Behind a proxy that speaks TLS, set --public-url to the address that people use. To speak TLS itself, give a certificate \
            and its key; both are read again when their files change, or at once on SIGHUP.
            """)

    /// Whoever never reads their answers must not keep the server from stopping.
    private static let longestShutdown = Duration.seconds(10)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("Where to listen (default 127.0.0.1:8080).", valueName: "host:port"))
    var listen: String?

    @Option(name: .customLong("public-url"), help: ArgumentHelp("The address that people and providers use.", valueName: "url"))
    var publicURL: String?

    @Option(
        name: .customLong("ledger-heads"),
        help: ArgumentHelp("A folder outside of this machine, for the ledgers' signed heads.", valueName: "folder"))
    var ledgerHeads: String?

    @Option(
        name: .customLong("tls-certificate"),
        help: ArgumentHelp("A PEM file with the certificate and its chain, to speak HTTPS (TLS 1.2 or newer).", valueName: "file"))
    var certificate: String?

    @Option(name: .customLong("tls-key"), help: ArgumentHelp("A PEM file with the certificate's key.", valueName: "file"))
    var certificateKey: String?

    @Option(
        name: .customLong("trusted-proxies"),
        help: ArgumentHelp(
            "Networks whose X-Forwarded-For is believed (default: this machine, 127.0.0.0/8,::1), or none.", valueName: "cidr,…"))
    var trustedProxies: String?

    @Flag(help: "Fill an empty desk with made-up people and a simulated WhatsApp, and say so on every page.")
    var demo = false

    func run() async throws {
        try await CommandFailure.telling {
            try await serve()
        }
    }

    private func serve() async throws {
        DescriptorRoom.takeAll()
        let memory = ProcessMemory()
        let settings = try await settings()
        let logger = Logger(label: "contesta", level: settings.logLevel)
        let certificate = try await certificate(settings, logger)
        let desk = try await Desk.open(
            in: store.folder, database: try await store.place(), options: DeskOptions(undoTime: settings.undoTime), logger: logger,
            master: settings.masterKey, isServer: true,
            scryptRounds: demo ? 1 << 14 : 1 << 17)
        do {
            try await run(desk, settings, certificate, memory, logger)
            await desk.close()
        } catch {
            await desk.close()
            throw error
        }
    }

    private func run(
        _ desk: Desk, _ settings: ServeSettings, _ certificate: RenewCertificate?, _ memory: ProcessMemory, _ logger: Logger
    ) async throws {
        let (host, port) = try settings.address()
        let demonstration = demo ? try await Demonstration.prepare(desk, logger: logger) : nil
        let parts = try await parts(desk, settings, samplePeople: demonstration?.samplePeople ?? [])
        let announcement = StartAnnouncement(
            publicURL: settings.publicURL, scheme: settings.scheme, host: host, folder: store.folder, database: desk.database,
            setupToken: parts.settings.setupToken, samplePeople: parts.settings.samplePeople)
        let application = DeskServer.application(
            parts, host: host, port: port, certificate: certificate?.certificate, services: workers(desk, settings, parts.summaries),
            logger: logger
        ) { boundPort in
            announcement.say(port: boundPort)
            await demonstration?.serverIsRunning(port: boundPort)
        }
        let beside: [any Service] = [memory] + (certificate.map { [$0] } ?? [])
        let services: [any Service] = beside + [application] + (demonstration?.services ?? [])
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = Self.longestShutdown
        try await ServiceGroup(configuration: group).run()
    }

    /// What the server proves its name with, and keeps it new; nil for a server that speaks plain HTTP.
    private func certificate(_ settings: ServeSettings, _ logger: Logger) async throws -> RenewCertificate? {
        guard let files = try settings.certificateFiles() else { return nil }
        let pair = try await files.read()
        return RenewCertificate(
            files: files, certificate: try CurrentCertificate(pair), first: pair, time: SystemTime(), logger: logger)
    }

    private func parts(
        _ desk: Desk, _ settings: ServeSettings, samplePeople: [SignInPage.SamplePerson]
    ) async throws -> ServerParts {
        let isNew = try await desk.context.storage.read { try $0.workspaces.all().isEmpty }
        let serverSettings = ServerSettings(
            publicURL: settings.publicURL ?? settings.localURL, isDemo: try await Demonstration.isMadeUp(desk), samplePeople: samplePeople,
            setupToken: isNew ? OpaqueToken(from: desk.context.chance).text : nil, version: Version.text,
            trustedProxies: try settings.proxies())
        return ServerParts(
            context: desk.context, passwords: desk.passwords, blobs: desk.blobs, adapters: Desk.adapters, bus: desk.bus,
            renderer: try PageRenderer(), settings: serverSettings, signing: desk.headKeys, providers: desk.identityProviders,
            mailboxes: desk.mailboxes, metrics: desk.metrics,
            disk: desk.disk, projectionBell: desk.projectionBell)
    }

    private func workers(_ desk: Desk, _ settings: ServeSettings, _ writing: any SummaryWriting) -> [any Service] {
        let heads = settings.ledgerHeads.map { HeadFolder(folder: URL(filePath: $0, directoryHint: .isDirectory)) }
        return [
            ProjectEvents(desk.context, bell: desk.projectionBell),
            DeliverReplies(desk.context, doorbell: desk.deliveryBell), FetchMedia(desk.context, doorbell: desk.mediaBell),
            CollectInboxes(desk.context, bell: desk.projectionBell), FileSentCopies(desk.context, doorbell: desk.filingBell),
            EscalateObligations(desk.context),
            KeepHeads(desk.context, signing: desk.headKeys, delivery: heads, schedule: settings.headSchedule),
            SendSummaries(desk.context, signing: desk.headKeys, writing: writing),
            WatchChannels(desk.context), DiskReserve(in: store.folder, watch: desk.disk, context: desk.context),
            KeepRetention(desk.context, blobs: desk.blobs),
        ]
    }

    private func settings() async throws -> ServeSettings {
        var settings = try await ServeSettings.read(in: store.folder)
        if let listen { settings.listen = listen }
        if let certificate { settings.certificate = certificate }
        if let certificateKey { settings.certificateKey = certificateKey }
        if let trustedProxies { settings.trustedProxies = trustedProxies }
        if let ledgerHeads { settings.ledgerHeads = ledgerHeads }
        if let publicURL { settings.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL }
        return settings
    }
}

extension Logger {
    /// To standard error, from a level on; an unknown level counts as `info`.
    init(label: String, level: String) {
        self.init(label: label) { StreamLogHandler.standardError(label: $0) }
        logLevel = Logger.Level(rawValue: level) ?? .info
    }
}
