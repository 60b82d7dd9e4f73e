package import DeskCore
import Foundation

/// What a backup says of itself: the last part of the archive, so that one that breaks off has none.
package struct BackupManifest: Codable, Sendable, Equatable {
    /// One file of the archive.
    package struct Part: Codable, Sendable, Equatable {
        package let name: String
        package let bytes: Int64
        /// In lower-case hexadecimal.
        package let sha256: String
    }

    /// A workspace's ledger as it was.
    package struct Ledger: Codable, Sendable, Equatable {
        package let workspace: String
        package let sequence: Int64
        package let hash: String
    }

    static let name = "manifest.json"
    static let databaseName = "database.sqlite"
    static let settingsName = "contesta.yaml"
    static let keyName = "keys/master.key"
    static let currentFormat = 1
    /// A manifest names every file; more than this is no manifest of ours.
    static let largestSize: Int64 = 1 << 30

    package let format: Int
    /// The version of the program that made it.
    package let program: String
    /// Microseconds since 1970.
    package let createdAt: Int64
    /// The last step of the database's schema.
    package let schemaStep: Int
    package let ledgers: [Ledger]
    /// Rows by table.
    package let counts: [String: Int]
    package let parts: [Part]
    /// Files that messages name and that were not there when the backup was made.
    package let missingFiles: [String]

    package var created: Instant { Instant(microseconds: createdAt) }

    var encoded: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// - Throws: `backup_damaged` for what can't be read, or is of a later format.
    init(reading data: Data) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let manifest = try? decoder.decode(BackupManifest.self, from: data) else {
            throw DeskError.backupDamaged("its manifest can't be read")
        }
        guard manifest.format == Self.currentFormat else {
            throw DeskError.backupDamaged("it is of the format \(manifest.format), and this program knows \(Self.currentFormat)")
        }
        self = manifest
    }

    init(
        program: String, created: Instant, schemaStep: Int, ledgers: [Ledger], counts: [String: Int], parts: [Part], missingFiles: [String]
    ) {
        format = Self.currentFormat
        self.program = program
        createdAt = created.microseconds
        self.schemaStep = schemaStep
        self.ledgers = ledgers
        self.counts = counts
        self.parts = parts
        self.missingFiles = missingFiles
    }
}

extension DeskError.Code {
    /// No backup was made.
    package static let backupFailed = Self("backup_failed")
    /// A backup is not what it was when it was made.
    package static let backupDamaged = Self("backup_damaged")
    /// A backup can't be put where it was asked for.
    package static let restoreRefused = Self("restore_refused")
}

extension DeskError {
    /// - Parameter what: what happened.
    static func backupFailed(_ what: String) -> DeskError {
        DeskError(.backupFailed, message: "No backup was made: \(what). Nothing of an unfinished one was left; try again.")
    }

    /// - Parameter what: the first thing that is wrong.
    static func backupDamaged(_ what: String) -> DeskError {
        DeskError(.backupDamaged, message: "The backup can't be used: \(what). Nothing was changed; take another one.")
    }
}
