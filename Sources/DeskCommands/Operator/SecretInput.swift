import DeskCore
import Foundation

/// Secrets from standard input: never on a command line, where every user of the machine could read them.
enum SecretInput {
    /// The first line, without its end.
    /// - Throws: `invalid_request` when there is none.
    static func line() throws -> Secret {
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw DeskError(.invalidRequest, message: "Nothing came on standard input; the secret is expected there, on one line.")
        }
        return Secret(line)
    }

    /// All lines of the form `KEY=VALUE`; empty ones are passed over.
    /// - Throws: `invalid_request` for a line of another form, without repeating it.
    static func pairs() throws -> [String: Secret] {
        var secrets: [String: Secret] = [:]
        var number = 0
        while let line = readLine(strippingNewline: true) {
            number += 1
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if line.isEmpty { continue }
            guard parts.count == 2, !parts[0].isEmpty else {
                throw DeskError(.invalidRequest, message: "Line \(number) of standard input is not KEY=VALUE. Nothing was stored.")
            }
            secrets[String(parts[0])] = Secret(String(parts[1]))
        }
        return secrets
    }
}

/// One line of JSON for programs that read what a command prints.
enum Output {
    static func json(_ fields: KeyValuePairs<String, String>) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let object = Dictionary(fields.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        return String(decoding: try encoder.encode(object), as: UTF8.self)
    }
}
