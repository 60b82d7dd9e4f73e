import Synchronization

@testable import MailTransport

/// A server that follows a script: for each line that is said to it, in this order, what it answers.
final class ScriptedServer: MailConnection {
    /// A line that it waits for, by its beginning, and what it says then.
    struct Turn: Sendable {
        let line: String
        let answer: String
        /// Whether it hangs up after that.
        let isLast: Bool

        init(_ line: String, _ answer: String, isLast: Bool = false) {
            self.line = line
            self.answer = answer
            self.isLast = isLast
        }
    }

    private struct State {
        var turns: [Turn]
        var toSay: [UInt8]
        var unread: [UInt8] = []
        var heard: [String] = []
        var isOver = false
        var isClosed = false
        var isSecure = false
    }

    private let state: Mutex<State>
    /// How many bytes it hands over at once.
    private let stride: Int

    init(greeting: String, stride: Int = .max, _ turns: [Turn]) {
        state = Mutex(State(turns: turns, toSay: Array(greeting.utf8)))
        self.stride = stride
    }

    /// All lines that were said to it.
    var heard: [String] { state.withLock { $0.heard } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
    var isSecure: Bool { state.withLock { $0.isSecure } }
    /// What of the script was never reached.
    var rest: [String] { state.withLock { $0.turns.map(\.line) } }

    func send(_ bytes: [UInt8]) async throws(MailFault) {
        let isOver = state.withLock { state in
            guard !state.isOver else { return true }
            state.unread += bytes
            while let end = state.unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: state.unread[..<end].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
                state.unread.removeFirst(end + 1)
                state.heard.append(line)
                guard let turn = state.turns.first, line.hasPrefix(turn.line) else { continue }
                state.turns.removeFirst()
                state.toSay += Array(turn.answer.utf8)
                state.isOver = turn.isLast
            }
            return false
        }
        if isOver { throw MailFault(.disconnected, "The script is over.") }
    }

    func receive(within time: Duration) async throws(MailFault) -> [UInt8] {
        let bytes = state.withLock { state -> [UInt8]? in
            guard !state.toSay.isEmpty else { return state.isOver ? nil : [] }
            defer { state.toSay.removeFirst(min(stride, state.toSay.count)) }
            return Array(state.toSay.prefix(stride))
        }
        guard let bytes else { throw MailFault(.disconnected, "The script is over.") }
        return bytes
    }

    func startTLS() async throws(MailFault) {
        let isQuiet = state.withLock { state in
            state.isSecure = true
            return state.toSay.isEmpty
        }
        guard isQuiet else { throw MailFault(.insecure, "The script says more before TLS.") }
    }

    func close() async { state.withLock { $0.isClosed = true } }
}
