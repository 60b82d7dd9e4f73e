import DeskCore
import DeskServices
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver

/// Where a desk's database is.
enum DatabasePlace: Sendable {
    /// In the data folder, with nothing to install.
    case folder
    case postgres(PostgresAddress)

    /// - Parameters:
    ///   - vault: holds the master key.
    ///   - isServer: whether it is the program that serves from the folder; only that one looks after the folder's database.
    ///   - onCommit: gets the events of each commit right after it, in order.
    /// - Throws: `storage_unavailable`, `data_in_use`, `storage_refused`, `schema_refused`.
    func open(
        in folder: URL, vault: Vault, isServer: Bool, onCommit: @escaping @Sendable ([DeskEvent]) -> Void
    ) async throws -> SQLStorage {
        switch self {
        case .folder:
            try await SQLiteStorage.open(
                path: folder.appending(path: "contesta.sqlite").path, vault: vault, checkpoints: isServer, looksForDamage: isServer,
                onCommit: onCommit,
                onFailure: { error in if isServer { Self.stop(error) } })
        case .postgres(let address):
            try await PostgresStorage.open(address, vault: vault, isServer: isServer, onCommit: onCommit)
        }
    }

    /// Ends the process where it stands. Closing the file would write to it again, and a provider whose request is cut comes again.
    private static func stop(_ error: DeskError) -> Never {
        CommandFailure.say("contesta: \(error.message)")
        _exit(CommandFailure.diskFailure)
    }
}
