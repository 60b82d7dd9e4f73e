import ArgumentParser
import DeskCore
import Foundation

/// Where a command finds the data.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the database and the files. Also CONTESTA_DATA; else ./data.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("A PostgreSQL address. Not in this version yet: data lives in the folder.", valueName: "url"))
    var database: String?

    var folder: URL {
        URL(filePath: data ?? ProcessInfo.processInfo.environment["CONTESTA_DATA"] ?? "data", directoryHint: .isDirectory)
    }

    /// - Throws: a configuration error for what this version can't do.
    func requireSupported() throws {
        guard database == nil else {
            throw DeskError(
                DeskError.Code("database_not_supported"),
                message: "PostgreSQL is not in this version yet. Nothing was started; leave --database out to use the built-in database.")
        }
    }

    /// Runs a command's work on the open desk, and closes it.
    func withDesk<Value>(_ body: (Desk) async throws -> Value) async throws -> Value {
        try await CommandFailure.telling {
            try requireSupported()
            let desk = try await Desk.open(in: folder)
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
