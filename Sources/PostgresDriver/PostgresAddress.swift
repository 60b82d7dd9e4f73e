import CLibpq
package import DeskCore

/// Where a PostgreSQL database is, and how to get in. Prints without the password.
package struct PostgresAddress: Sendable, CustomStringConvertible {
    /// As it was given: it may hold a password.
    let text: Secret
    package let description: String

    /// - Parameter text: `postgres://[user[:password]@][host][:port][,…][/database][?setting=value…]`, or libpq's `key=value` words
    ///   (PostgreSQL's documentation, 34.1.1). Of several servers the one is used that takes writes. What it leaves out comes from libpq's environment variables and password file.
    /// - Throws: `invalid_request` for what is no such address, without repeating it.
    package init(_ text: String) throws(DeskError) {
        let settings = try Self.settings(of: text)
        self.text = Secret(text)
        let user = settings["user"].map { "\($0)@" } ?? ""
        description = user + Self.places(settings) + (settings["dbname"].map { "/\($0)" } ?? "")
    }

    /// Several servers have a port each, or one for all.
    private static func places(_ settings: [String: String]) -> String {
        let hosts = list(settings["host"] ?? settings["hostaddr"] ?? "this machine")
        let ports = list(settings["port"] ?? "")
        let places = hosts.indices.map { index in
            let port = ports.count == hosts.count ? ports[index] : ports[0]
            return hosts[index] + (port.isEmpty ? "" : ":\(port)")
        }
        return places.joined(separator: ",")
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether the address itself holds a password, which then everybody can read who sees the address.
    package static func holdsPassword(_ text: String) -> Bool {
        (try? settings(of: text))?["password"] != nil
    }

    private static func settings(of text: String) throws(DeskError) -> [String: String] {
        let isAddress = isURL(text) || text.contains("=")
        guard isAddress, !text.utf8.contains(0), let options = PQconninfoParse(text, nil) else { throw .noPostgresAddress }
        return collect(options)
    }

    private static func isURL(_ text: String) -> Bool { text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") }

    private static func collect(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        defer { PQconninfoFree(options) }
        var settings: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return settings
    }
}

extension DeskError {
    fileprivate static let noPostgresAddress = DeskError(
        .invalidRequest,
        message: "This is no address of a PostgreSQL database. It looks like postgres://user@host:5432/name. Nothing was touched.")
}
