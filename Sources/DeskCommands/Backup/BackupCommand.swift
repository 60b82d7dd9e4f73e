import ArgumentParser
import DeskBackup
import DeskCore
import DeskServices
import Foundation
import SQLStore

/// `contesta backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Keep everything in one file, check such a file, and come back from it.",
        subcommands: [BackupCreate.self, BackupVerify.self, BackupRestore.self])
}

/// `contesta backup create`.
struct BackupCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Write the whole desk into one file, while it goes on serving.",
        discussion: """
            The file is a tar archive: the database as it is at one moment, every file that messages name, contesta.yaml, and a manifest \
            with the digest of each. Everything that was written is sealed in it, and so are the channels' secrets. Where the master key \
            is a file of the data folder, it is in the backup too, and whoever has the file can read everything: keep it where nobody \
            else can. Where the master key comes from elsewhere, the backup is of no use without it. The keys that sign the ledgers' \
            heads are never in it.
            """)

    @Argument(help: "Where it goes. Must not exist.", completion: .file())
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await CommandFailure.telling {
            try await store.requireFolderDatabase()
            let teller = ProgressTeller(isSilent: json)
            let master = try await store.masterKey()
            let vault = Vault(try master.key(in: store.folder, isMaking: false))
            let manifest = try await CreateBackup(
                of: store.folder, program: Version.text, vault: vault, includesKey: master.isInFolder
            )
            .create(at: URL(filePath: file), now: SystemTime().now()) { teller.tell($0) }
            teller.end()
            print(try BackupSummary(manifest, file: file).text(asJSON: json, verb: "made"))
        }
    }
}

/// `contesta backup verify`.
struct BackupVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read a backup from its first byte to its last, and say whether it could be restored.",
        discussion: """
            Compares every part with its digest, has the database check itself, follows each ledger to the head that the manifest names, \
            and looks for every file that a message names. Exit 0: good. Exit 65: damaged; the first thing that is wrong is named. Needs \
            room for the database in the folder for temporary files.
            """)

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await CommandFailure.telling {
            let master = try await store.masterKey()
            let backup = VerifyBackup(URL(filePath: file)) { Vault(try master.key(in: $0, isMaking: true)) }
            let manifest = try await backup.verify(workingIn: FileManager.default.temporaryDirectory)
            print(try BackupSummary(manifest, file: file).text(asJSON: json, verb: "good"))
        }
    }
}

/// What a backup holds, for people and for programs.
struct BackupSummary {
    private let manifest: BackupManifest
    private let file: String

    init(_ manifest: BackupManifest, file: String) {
        self.manifest = manifest
        self.file = file
    }

    func text(asJSON isJSON: Bool, verb: String) throws -> String {
        let megabytes = manifest.parts.reduce(0) { $0 + $1.bytes } / 1_048_576
        let messages = manifest.counts["messages"] ?? 0
        guard !isJSON else {
            return try Output.json([
                "file": file, "created_at": manifest.created.timestamp, "program": manifest.program,
                "schema_step": String(manifest.schemaStep), "messages": String(messages), "files": String(manifest.parts.count),
                "missing_files": String(manifest.missingFiles.count),
                "ledgers": manifest.ledgers.map { "\($0.workspace):\($0.sequence):\($0.hash)" }.joined(separator: " "),
            ])
        }
        let lost = manifest.missingFiles.isEmpty ? "" : "\n  \(manifest.missingFiles.count) file(s) were missing in the folder already."
        let heads = manifest.ledgers.map { "\n  ledger of \($0.workspace): \($0.sequence) entries, head \($0.hash)" }.joined()
        return "\(verb): \(file), \(megabytes) MB, \(messages) messages, as of \(manifest.created.timestamp)\(heads)\(lost)"
    }
}

/// Says on standard error how far it is, on one line, where somebody is looking.
final class ProgressTeller: Sendable {
    private let isSilent: Bool

    init(isSilent: Bool) {
        self.isSilent = isSilent || isatty(STDERR_FILENO) == 0
    }

    func tell(_ progress: CreateBackup.Progress) {
        guard !isSilent else { return }
        switch progress {
        case .database(let part): write("\r  database \(Int(part * 100)) %   ")
        case .files(let done, let count): if done % 64 == 0 || done == count { write("\r  files \(done) of \(count)   ") }
        }
    }

    func end() {
        guard !isSilent else { return }
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

extension Instant {
    /// RFC 3339 in UTC, to the second: `2026-05-04T09:00:00Z`.
    var timestamp: String { Date(timeIntervalSince1970: Double(unixSeconds)).formatted(.iso8601) }
}

extension StoreOptions {
    /// - Throws: `not_supported` when the database is elsewhere: it has tools of its own.
    func requireFolderDatabase() async throws {
        guard case .folder = try await place() else {
            throw DeskError(
                DeskError.Code("not_supported"),
                message: "Only the built-in database is backed up by this program. Nothing was written. For PostgreSQL use its own tools "
                    + "(pg_dump, or pg_basebackup with archived logs), and copy the data folder's blobs/ after the dump has begun.")
        }
    }
}
