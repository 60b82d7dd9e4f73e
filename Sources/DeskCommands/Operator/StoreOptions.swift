import ArgumentParser
import DeskCore
import Foundation
import PostgresDriver

/// Where a command finds the data.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the database and the files. Also CONTESTA_DATA; else ./data.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "A PostgreSQL database instead of the folder's own; files stay in the folder. Also CONTESTA_DATABASE, or database in "
                + "contesta.yaml. Keep the password out of it: in PGPASSWORD or ~/.pgpass.", valueName: "url"))
    var database: String?

    var folder: URL {
        URL(filePath: data ?? ProcessInfo.processInfo.environment["CONTESTA_DATA"] ?? "data", directoryHint: .isDirectory)
    }

    /// Where the database is: the flag goes over the environment, which goes over the file.
    /// - Throws: a configuration error.
    func place() async throws -> DatabasePlace {
        if let database {
            if PostgresAddress.holdsPassword(database) {
                CommandFailure.say(
                    "contesta: the password in --database can be read by everybody on this machine; give it in PGPASSWORD or ~/.pgpass.")
            }
            return .postgres(try PostgresAddress(database))
        }
        let configured = try await ServeSettings.read(in: folder).database
        return try configured.map { DatabasePlace.postgres(try PostgresAddress($0)) } ?? .folder
    }

    /// Where the master key comes from.
    /// - Throws: a configuration error.
    func masterKey() async throws -> MasterKeySource {
        try await ServeSettings.read(in: folder).masterKey
    }

    /// Runs a command's work on the open desk, and closes it.
    func withDesk<Value>(_ body: (Desk) async throws -> Value) async throws -> Value {
        try await CommandFailure.telling {
            let desk = try await Desk.open(in: folder, database: try await place(), master: try await masterKey())
            do {
                let value = try await body(desk)
                await desk.close()
                return value
            } catch {
                await desk.close()
                throw error
            }
        }
    }
}
