/// The walls: which room may open which door. The import list is the architecture, and every arrow points inward.
enum ImportDirection {
    /// For each target under `Sources`, those of our own targets that it may import.
    static let doors: [String: Set<String>] = [
        "DeskCore": [],
        "ChannelKit": ["DeskCore"],
        "DeskServices": ["DeskCore"],
        "SQLStore": ["DeskCore", "DeskServices"],
        "SQLiteDriver": ["DeskCore", "DeskServices", "SQLStore"],
        "PostgresDriver": ["DeskCore", "DeskServices", "SQLStore"],
        "DeskBackup": ["DeskCore", "DeskServices", "SQLStore", "SQLiteDriver"],
        "MailFormat": ["DeskCore"],
        "MetaGraph": ["ChannelKit", "DeskCore"],
        "WhatsAppChannel": ["ChannelKit", "DeskCore", "MetaGraph"],
        "MailTransport": ["DeskCore"],
        "EmailChannel": ["ChannelKit", "DeskCore", "MailFormat", "MailTransport"],
        "OpenIDConnect": ["ChannelKit", "DeskCore"],
        "DeskWeb": ["DeskCore"],
        "DeskServer": ["ChannelKit", "DeskCore", "DeskServices", "DeskWeb", "MailFormat"],
        "ProviderSimulators": ["ChannelKit", "DeskCore", "MetaGraph"],
        "DeskTesting": ["ChannelKit", "DeskCore", "DeskServices", "PostgresDriver", "SQLStore", "SQLiteDriver"],
        "DeskSimulation": ["DeskCore", "DeskServices", "SQLStore", "SQLiteDriver"],
        "DeskCommands": [
            "ChannelKit", "DeskBackup", "DeskCore", "DeskServer", "DeskServices", "DeskSimulation", "DeskWeb", "EmailChannel", "MailFormat",
            "MailTransport", "MetaGraph", "OpenIDConnect", "PostgresDriver",
            "ProviderSimulators", "SQLStore", "SQLiteDriver", "WhatsAppChannel",
        ],
        "contesta": ["DeskCommands"],
    ]

    /// Libraries that stay behind one wall, so that nothing else can come to depend on them.
    static let keptLibraries: [String: Set<String>] = [
        "ArgumentParser": ["DeskCommands", "contesta"],
        "CGMime": ["MailFormat"],
        "CGumbo": ["MailFormat"],
        "CIcal": ["MailFormat"],
        "CLibpq": ["DeskTesting", "PostgresDriver"],
        "AsyncHTTPClient": ["DeskCommands", "ProviderSimulators"],
        "Configuration": ["DeskCommands"],
        "GRDB": ["SQLiteDriver"],
        "Hummingbird": ["DeskCommands", "DeskServer", "ProviderSimulators"],
        "HummingbirdCore": ["DeskServer"],
        "JWTKit": ["OpenIDConnect"],
        "Mustache": ["DeskWeb"],
        "NIOSSL": ["DeskServer", "MailTransport"],
    ]

    static func violations(in file: SwiftFile) -> [Violation] {
        guard let room = file.room else { return [] }
        guard let allowed = doors[room] else {
            return [file.violation(line: 0, "the room \(room) has no walls yet", remedy: "Give it a row in ImportDirection.doors")]
        }
        return file.masked.code.numbered.compactMap { line in
            guard let module = importedModule(line.text) else { return nil }
            if doors.keys.contains(module) && !allowed.contains(module) {
                return file.violation(
                    line: line.number, "\(room) must not import \(module)",
                    remedy: "Move the code to a room that may, or let \(room) declare a protocol that \(module)'s side fulfils")
            }
            if let keepers = keptLibraries[module], !keepers.contains(room) {
                return file.violation(
                    line: line.number, "\(room) must not import \(module), which stays in \(keepers.sorted().joined(separator: " and "))",
                    remedy: "Ask that room for what is needed, through a protocol of an inner one")
            }
            return nil
        }
    }

    /// The module that a line imports: after the words of access and attributes, and without what follows a dot.
    static func importedModule(_ line: String) -> String? {
        var words = line.split(separator: " ")[...]
        while let first = words.first, first.hasPrefix("@") || ["package", "public", "internal", "private", "fileprivate"].contains(first) {
            words.removeFirst()
        }
        guard words.popFirst() == "import" else { return nil }
        if let kind = words.first, ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"].contains(kind) {
            words.removeFirst()
        }
        return words.first?.split(separator: ".").first.map(String.init)
    }
}
