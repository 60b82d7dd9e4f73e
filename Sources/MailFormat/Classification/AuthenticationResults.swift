/// What the receiving server found out about a sender (RFC 8601). Only its own word counts: whoever sends a mail can write such a
/// field too, and the topmost one is the last that was added.
package struct AuthenticationResults: Sendable, Hashable {
    /// `pass`, `fail`, `none` and so on, in lower case; nil if the server says nothing.
    package let dmarc: String?
    package let spf: String?
    package let dkim: String?
    /// Who says so.
    package let server: String

    /// - Parameter trustedServer: The authserv-id of the receiving server. Nil takes the topmost field whoever wrote it, which is right
    ///   only where that server is known to write one into each mail.
    /// - Returns: Nil if no field of that server stands above those of others.
    package init?(_ headers: HeaderFields, trustedServer: String? = nil) {
        guard let field = headers.first("Authentication-Results") else { return nil }
        let clauses = Self.clauses(of: field.bytes)
        let server = (clauses.first ?? "").split(whereSeparator: \.isWhitespace).first.map { $0.lowercased() } ?? ""
        if let trustedServer, trustedServer.lowercased() != server { return nil }
        self.server = server
        var methods: [String: String] = [:]
        for clause in clauses {
            guard let word = clause.split(whereSeparator: \.isWhitespace).first, let equals = word.firstIndex(of: "=") else { continue }
            let method = word[..<equals].lowercased()
            let result = word[word.index(after: equals)...].lowercased()
            // Of several signatures one that holds is enough.
            if methods[method] == nil || result == "pass" { methods[method] = result }
        }
        (dmarc, spf, dkim) = (methods["dmarc"], methods["spf"], methods["dkim"])
    }

    /// What stands between semicolons, without comments.
    private static func clauses(of bytes: [UInt8]) -> [String] {
        var plain: [UInt8] = []
        var depth = 0
        for byte in bytes {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if depth == 0 { plain.append(byte) }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
        }
        return plain.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
            Charset.text(Array($0), declared: nil).trimmed
        }
    }
}
