import DeskCore
import SQLStore

/// Looks whether a server keeps what it acknowledges, before anything is entrusted to it.
struct ServerRequirements {
    private static let oldestVersion: Int32 = 140_000

    private let link: PostgresLink

    init(_ link: PostgresLink) { self.link = link }

    /// - Throws: `storage_refused`, saying what is set how, and how it should be.
    func check() throws(DeskError) {
        if let fault = Self.fault(version: link.serverVersion, encoding: link.serverEncoding) { throw .storageRefused(fault) }
        let settings = try ServerSettings(link)
        if let fault = settings.fault { throw .storageRefused(fault) }
    }

    /// What is wrong with a server or a database as it was made; nil for nothing.
    static func fault(version: Int32, encoding: String) -> String? {
        guard version >= oldestVersion else {
            return "PostgreSQL is \(version / 10_000) here, and Contesta needs 14 or newer. Upgrade the server."
        }
        guard encoding == "UTF8" else {
            return "The database's encoding is \(encoding), which can't hold every text. Make another with ENCODING 'UTF8'."
        }
        return nil
    }
}

/// The settings on which it depends whether a commit outlives the power.
struct ServerSettings {
    static let names = ["fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names"]

    let values: [String: String]

    private static let question =
        "SELECT name, setting FROM pg_catalog.pg_settings WHERE name IN (\(names.map { "'\($0)'" }.joined(separator: ", ")))"

    init(_ link: PostgresLink) throws(DeskError) {
        var values: [String: String] = [:]
        for row in try link.runScript(Self.question) { values[try row.text("name")] = try row.text("setting") }
        self.values = values
    }

    /// What is wrong, and what to do about it; nil for nothing.
    var fault: String? {
        if values["fsync"] == "off" {
            return "PostgreSQL runs with fsync = off: after a power cut the database may be lost. Set fsync = on in postgresql.conf, and "
                + "restart the server."
        }
        if values["full_page_writes"] == "off" {
            return "PostgreSQL runs with full_page_writes = off: a power cut may leave halves of pages. Set full_page_writes = on in "
                + "postgresql.conf, and reload the server."
        }
        let commit = values["synchronous_commit"] ?? ""
        let hasStandbys = values["synchronous_standby_names"]?.isEmpty == false
        guard commit == "off" || hasStandbys && ["local", "remote_write"].contains(commit) else { return nil }
        return "PostgreSQL acknowledges before it has stored: synchronous_commit = \(commit)"
            + (hasStandbys ? " with standbys in synchronous_standby_names" : "")
            + ". Set synchronous_commit = on in postgresql.conf, for the role and for the database, and reload the server."
    }
}
