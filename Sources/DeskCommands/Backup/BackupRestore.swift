import ArgumentParser
import DeskBackup
import DeskCore
import DeskServices
import Foundation
import Logging
import SQLStore

/// `contesta backup restore`.
struct BackupRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a data folder of a backup.",
        discussion: """
            The backup is verified first; the folder appears whole or not at all. The restored desk sends nothing: replies that were on \
            their way may have gone since, and are shown as unknown until the provider's word or a person decides. When that is done: \
            contesta delivery release --yes, or the button on the page "Health".
            """)

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @Flag(help: "Move a desk that is in the folder aside, instead of refusing. It is kept beside it.")
    var replace = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await CommandFailure.telling {
            try await store.requireFolderDatabase()
            let now = SystemTime().now()
            let isInUse = FileManager.default.fileExists(atPath: store.folder.appending(path: "contesta.sqlite").path)
            let lock = isInUse && replace ? try DataFolderLock(on: store.folder) : nil
            let stamp = now.timestamp.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
            let master = try await store.masterKey()
            let outcome = try await RestoreBackup(URL(filePath: file), to: store.folder) {
                Vault(try master.key(in: $0, isMaking: true))
            }
            .restore(isReplacing: replace, stamp: String(stamp)) { storage, manifest in
                try await HoldDelivery(Self.context(storage)).holdEverything(backupAt: manifest.created)
            }
            withExtendedLifetime(lock) {}
            print(try text(outcome))
        }
    }

    private static func context(_ storage: any Storage) -> DeskContext {
        DeskContext(
            storage: storage, time: SystemTime(), identifiers: SystemIdentifiers(), chance: SystemChance(),
            timeZones: SystemTimeZones(), channels: SilentChannels(), logger: Logger(label: "contesta"))
    }

    private func text(_ outcome: RestoreBackup.Outcome) throws -> String {
        guard !json else {
            return try Output.json([
                "folder": store.folder.path, "backup_created_at": outcome.manifest.created.timestamp,
                "undecided": String(outcome.undecided), "kept_aside": outcome.keptAside?.path ?? "",
            ])
        }
        let aside = outcome.keptAside.map { "\n  What was there is kept in \($0.path)" } ?? ""
        return """
            restored: \(store.folder.path), as of \(outcome.manifest.created.timestamp)\(aside)
              Nothing is sent until somebody says so. \(outcome.undecided) reply(ies) may have gone since the backup: decide about them \
            under "To decide", then release: contesta delivery release --yes
            """
    }
}

/// No way to any provider: what is restored calls nobody.
private struct SilentChannels: ChannelGateway {
    func limits(of channel: ChannelName) -> ChannelLimits? { nil }

    func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? { nil }

    func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent] { [] }

    func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        .unknown(reason: "Nothing is sent while restoring.")
    }

    func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        .failed(reason: "Nothing is fetched while restoring.", isTransient: true)
    }

    func abilities(of channel: ChannelName) -> Set<ChannelAbility> { [] }

    func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        .unknown(reason: "Nothing is sent while restoring.")
    }

    func showTyping(answering providerID: String, through connection: InboxConnection) async {}

    func markRead(providerID: String, through connection: InboxConnection) async {}

    func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration? { nil }
}
