import AsyncHTTPClient
import ChannelKit
import DeskCore
import DeskServer
import DeskServices
import EmailChannel
import Foundation
import Logging
import NIOPosix
import SQLStore
import WhatsAppChannel

/// Everything that works on one data folder, put together. Whoever opens it closes it.
struct Desk: Sendable {
    /// Adapters of the channels that this program knows.
    static let adapters: [ChannelName: any ChannelAdapter] = [.whatsApp: WhatsAppAdapter(), .email: EmailAdapter()]

    let context: DeskContext
    let database: DatabasePlace
    let blobs: FileBlobStore
    let disk: DiskWatch
    let bus: EventBus
    /// Rung with every commit that may have made something to deliver or to fetch.
    let deliveryBell: Doorbell
    let mediaBell: Doorbell
    /// The same, for copies to lay down.
    let filingBell: Doorbell
    /// Rung when something was received that is still to be projected.
    let projectionBell = ProjectionBell()
    let passwords: ScryptPasswords
    let metrics: Metrics
    let headKeys: FileHeadKeys
    let identityProviders: IdentityProviders
    let mailboxes: Mailboxes
    private let storage: SQLStorage
    private let client: HTTPClient
    private let lock: DataFolderLock?

    /// Opens the data folder, making it and migrating its database where needed.
    /// - Parameters:
    ///   - place: where the database is; files are in the folder all the same.
    ///   - time: the machine's clock, but for tests and demonstrations.
    ///   - master: where the master key comes from.
    ///   - isServer: whether it is the one program that serves from the folder; commands may run beside it.
    ///   - scryptRounds: fewer only in the demonstration.
    /// - Throws: `DeskError` saying what is wrong with the folder or the database.
    static func open(
        in folder: URL, database place: DatabasePlace = .folder, options: DeskOptions = DeskOptions(), time: any TimeSource = SystemTime(),
        logger: Logger = Logger(label: "contesta"), master: MasterKeySource = MasterKeySource(),
        isServer: Bool = false, scryptRounds: Int = 1 << 17
    ) async throws -> Desk {
        let faults = try CrashSwitch.faults(in: ProcessInfo.processInfo.environment)
        let disk = DiskWatch()
        try makeFolder(folder)
        let lock = isServer ? try DataFolderLock(on: folder) : nil
        let (bus, deliveryBell, mediaBell, filingBell) = (EventBus(), Doorbell(), Doorbell(), Doorbell())
        let metrics = Metrics(startedAt: time.now())
        let vault = Vault(try master.key(in: folder, isMaking: true))
        let storage = try await place.open(in: folder, vault: vault, isServer: isServer) { events in
            metrics.count(events)
            bus.publish(events)
            deliveryBell.ring()
            mediaBell.ring()
            filingBell.ring()
        }
        let blobs = try FileBlobStore(in: folder, sealedBy: try await storage.fileSeal(), disk: disk)
        if isServer, try await blobs.sealOldFiles() > 0 { logger.notice("files of an older version were sealed") }
        let client = HTTPClient(eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: HTTPEgress.configuration)
        let egress = HTTPEgress(client: client)
        let metered = MeteredStorage(storage, metrics: metrics)
        let mail = EmailAdapter(tokens: tokens(through: egress, in: metered, time, logger))
        let gateway = AdapterGateway(adapters: adapters.merging([.email: mail]) { $1 }, blobs: blobs, disk: disk, egress: egress)
        let context = DeskContext(
            storage: metered, time: time, identifiers: SystemIdentifiers(), chance: SystemChance(),
            timeZones: SystemTimeZones(), channels: MeteredChannels(gateway, metrics: metrics), collection: gateway, notices: gateway,
            logger: logger, options: options, faults: faults)
        return Desk(
            context: context, database: place, blobs: blobs, disk: disk, bus: bus, deliveryBell: deliveryBell, mediaBell: mediaBell,
            filingBell: filingBell, passwords: ScryptPasswords(rounds: scryptRounds), metrics: metrics, headKeys: FileHeadKeys(in: folder),
            identityProviders: IdentityProviders(egress: egress, logger: logger), mailboxes: Mailboxes(egress: egress), storage: storage,
            client: client, lock: lock)
    }

    /// Access tokens of mailboxes; a refresh token that changes is stored in the place of the one before.
    private static func tokens(
        through egress: HTTPEgress, in storage: any Storage, _ time: any TimeSource, _ logger: Logger
    ) -> OAuthTokens {
        let now: @Sendable () -> Instant = { time.now() }
        return OAuthTokens(egress: egress, now: now) { old, next in
            do {
                try await RenewSecret(storage).keep(next, inPlaceOf: old, as: MailboxSettings.Key.refreshToken)
            } catch {
                logger.error("a new refresh token of a mailbox could not be stored: it has to be signed in to again after a restart")
            }
        }
    }

    func close() async {
        bus.close()
        try? await client.shutdown()
        await storage.close()
    }

    /// Which database it works on, and how that is set up.
    func describeDatabase() async throws -> String { try await storage.describe() }

    /// See `SQLStorage.rotate`.
    func rotate(to master: MasterKey) async throws -> Int { try await storage.rotate(to: master) }

    private static func makeFolder(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DeskError(
                .storageUnavailable,
                message: "The data folder \(folder.path) can't be made or written. Nothing was started; check its place and its owner.")
        }
    }
}
