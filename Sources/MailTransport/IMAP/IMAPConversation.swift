/// Commands and their answers, one after the other (RFC 9051 sections 2.2 and 5.5); of one task.
final class IMAPConversation {
    /// Of one mail; what is larger is asked for in part.
    static let longestLiteral = 67_108_864

    private let connection: any MailConnection
    private let patience: Duration
    /// For what costs a server nothing. With the wait for news it makes how long a line can be dead before that is noticed.
    private let shortPatience: Duration
    private var hasFallenSilent = false
    private var framing = IMAPFraming(longestLiteral: IMAPConversation.longestLiteral)
    private var commands = 0

    /// - Parameter patience: how long the server may say nothing while something is asked of it.
    init(_ connection: any MailConnection, patience: Duration) {
        self.connection = connection
        self.patience = patience
        shortPatience = min(patience, .seconds(20))
    }

    /// - Throws: `refused` with the server's words when it greets with a farewell; `garbled`.
    func greeting() async throws(MailFault) -> IMAPStatus {
        guard case .status(let status) = try await heard(), [.done, .known].contains(status.condition) else {
            throw MailFault(.refused, "The server did not greet.")
        }
        return status
    }

    /// Says a command, and hands on everything that comes until it is completed.
    /// - Parameter goingOn: what to say each time the server asks for more; nil when it is not expected to.
    /// - Throws: `refused` with the server's words for NO, BAD and BYE.
    @discardableResult
    func perform(
        _ command: String, each: (IMAPResponse) -> Void = { _ in }, goingOn: ((String) -> [UInt8])? = nil
    ) async throws(MailFault) -> IMAPStatus {
        let tag = nextTag()
        try await say("\(tag) \(command)")
        while true {
            switch try await heard() {
            case .completed(tag, let status): return try Self.done(status, of: command)
            case .completed: throw MailFault(.garbled, "The server answers a command that was not said.")
            case .goAhead(let text):
                guard let goingOn else { throw MailFault(.garbled, "The server asks for more than there is.") }
                try await connection.send(goingOn(text) + Self.lineEnd)
            case let response: each(response)
            }
        }
    }

    /// Waits for news (RFC 2177).
    /// - Parameter limit: after which the wait ends without any.
    /// - Returns: whether something was said that can mean a change.
    func idle(for limit: Duration) async throws(MailFault) -> Bool {
        let tag = nextTag()
        try await say("\(tag) IDLE")
        var isNews = false
        waiting: while !isNews {
            guard let response = try await heard(within: limit) else { break }
            switch response {
            case .completed(_, let status): throw MailFault(.refused, "The server does not wait: \(status.text)")
            case .exists, .expunged, .fetched: isNews = true
            default: continue waiting
            }
        }
        try await connection.send(Array("DONE".utf8) + Self.lineEnd)
        while true {
            switch try await heard(shortPatience) {
            case .completed(tag, let status):
                _ = try Self.done(status, of: "IDLE")
                return isNews
            case .exists, .expunged, .fetched: isNews = true
            default: continue
            }
        }
    }

    /// Everything that is heard after this is under TLS.
    func startTLS() async throws(MailFault) {
        try await perform("STARTTLS")
        guard !framing.hasRest else { throw MailFault(.insecure, "The server said more than was asked before TLS began.") }
        try await connection.startTLS()
    }

    /// Takes leave, does not insist, and says nothing to a line that is dead.
    func close() async {
        if !hasFallenSilent { try? await takeLeave() }
        await connection.close()
    }

    private func takeLeave() async throws(MailFault) {
        let tag = nextTag()
        try await say("\(tag) LOGOUT")
        while true {
            if case .completed(tag, _) = try await heard(shortPatience) { return }
        }
    }

    private static let lineEnd = Array("\r\n".utf8)

    private static func done(_ status: IMAPStatus, of command: String) throws(MailFault) -> IMAPStatus {
        guard status.condition != .done else { return status }
        let name = command.prefix { $0 != " " }
        throw MailFault(.refused, "\(name): \(status.code.map { "[\($0)] " } ?? "")\(status.text)")
    }

    private func nextTag() -> String {
        commands += 1
        return "c\(commands)"
    }

    private func say(_ line: String) async throws(MailFault) {
        try await connection.send(Array(line.utf8) + Self.lineEnd)
    }

    private func heard() async throws(MailFault) -> IMAPResponse { try await heard(patience) }

    private func heard(_ patience: Duration) async throws(MailFault) -> IMAPResponse {
        guard let response = try await heard(within: patience) else {
            hasFallenSilent = true
            throw MailFault(.timedOut, "The server has said nothing for \(patience).")
        }
        return response
    }

    /// - Returns: nil when nothing came within the time. Servers that take their leave end the conversation.
    private func heard(within time: Duration) async throws(MailFault) -> IMAPResponse? {
        while true {
            if let pieces = try framing.next() {
                let response = try IMAPResponse(pieces)
                if case .status(let status) = response, status.condition == .leaving {
                    throw MailFault(.disconnected, "The server takes its leave: \(status.text)")
                }
                return response
            }
            let bytes = try await connection.receive(within: time)
            guard !bytes.isEmpty else { return nil }
            framing.append(bytes)
        }
    }
}
