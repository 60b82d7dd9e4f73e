import CLibpq
import DeskCore
import Foundation
import SQLStore

/// One session with a PostgreSQL server over libpq, for one thread. It is in libpq's pipeline mode: what nobody waits for goes out
/// together with the next statement, and costs no round trip of its own.
final class PostgresLink {
    /// Statements that stay prepared; their texts vary with lists, and a server remembers each one.
    private static let largestCache = 512
    /// Answers that may wait: were there more than the network holds, server and program would wait for each other.
    private static let mostUnanswered = 128

    private let handle: OpaquePointer
    private let notices = NoticeWatch()
    private var prepared: [String: PreparedStatement] = [:]
    /// What was sent, and not answered yet.
    private var expected: [Expectation] = []
    /// Whether an answer was waited for in vain: the connection may look alive for hours, and nobody knows what is behind it.
    private var isGivenUp = false

    /// A statement that the server has parsed already.
    private final class PreparedStatement {
        let name: String
        var columns: SQLColumns?

        init(name: String) { self.name = name }
    }

    private enum Expectation {
        case preparation(of: String)
        case answer
    }

    /// Opens a session, and sets it up.
    /// - Throws: `storage_unavailable`; `storage_refused` for a server that could lose what it has acknowledged.
    init(_ address: PostgresAddress) throws(DeskError) {
        handle = try Self.connect(address)
        notices.watch(handle)
        try ServerRequirements(self).check()
        try runScript(SessionSettings.script)
        guard PQenterPipelineMode(handle) == 1 else { throw PostgresFailure.lostConnection }
    }

    deinit { PQfinish(handle) }

    private static func connect(_ address: PostgresAddress) throws(DeskError) -> OpaquePointer {
        let settings = SessionSettings.connection(address)
        let handle = withCStrings(settings.map(\.0)) { keywords in
            withCStrings(settings.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let handle else { throw .storageUnavailable("there is not enough memory.") }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw PostgresFailure.noConnection(message, to: address)
        }
        return handle
    }

    /// Lends C's kind of list of C's kind of strings, with nothing at its end.
    private static func withCStrings<Outcome>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Outcome) -> Outcome {
        withPointers(texts[...], [], body)
    }

    private static func withPointers<Outcome>(
        _ texts: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>?], _ body: ([UnsafePointer<CChar>?]) -> Outcome
    ) -> Outcome {
        guard let first = texts.first else { return body(pointers + [nil]) }
        return first.withCString { withPointers(texts.dropFirst(), pointers + [$0], body) }
    }

    var isAlive: Bool { !isGivenUp && PQstatus(handle) == CONNECTION_OK }
    var isInTransaction: Bool { [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(handle)) }
    /// Whether a statement has failed, so that only going back to a savepoint helps.
    var hasFailed: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }
    var serverVersion: Int32 { PQserverVersion(handle) }
    var serverEncoding: String { PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? "" }
    var socket: Int32 { PQsocket(handle) }
}

/// Statements.
extension PostgresLink {
    /// Sends a statement whose answer nobody waits for. Should it fail, what is executed or settled next fails in its place.
    func send(_ statement: SQLStatement) throws(DeskError) {
        if expected.count >= Self.mostUnanswered { try settle() }
        _ = try sendPrepared(statement)
    }

    /// Waits for the answers to all that was sent.
    func settle() throws(DeskError) {
        if !expected.isEmpty { _ = try synchronize() }
    }

    /// Sends a command of transactions, which is not worth preparing; otherwise as `send`.
    func send(command: StaticString) throws(DeskError) {
        try require(PQsendQueryParams(handle, "\(command)", 0, nil, nil, nil, nil, 0))
        expected.append(.answer)
    }

    /// Runs a statement, after all that was sent before.
    func execute(_ statement: SQLStatement) throws(DeskError) -> (rows: [SQLRow], changed: Int) {
        let prepared = try sendPrepared(statement)
        let result = try synchronize()
        if let columns = prepared.columns { return (result.rows(columns), result.changedRows) }
        let columns = result.columns
        prepared.columns = columns
        return (result.rows(columns), result.changedRows)
    }

    /// Runs a command of transactions, after all that was sent before.
    /// - Returns: what the server says that it did: a COMMIT can end as a ROLLBACK.
    @discardableResult
    func execute(command: StaticString) throws(DeskError) -> String {
        try send(command: command)
        return try synchronize().tag
    }

    /// Whether the server warned of anything since the last time that somebody asked.
    func takeWarning() -> Bool { notices.takeWarning() }

    private func sendPrepared(_ statement: SQLStatement) throws(DeskError) -> PreparedStatement {
        let prepared = try preparedStatement(for: statement)
        let sent = try StatementParameters(statement.values).withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(handle, prepared.name, count, values, lengths, formats, 0)
        }
        try require(sent)
        expected.append(.answer)
        return prepared
    }

    private func preparedStatement(for statement: SQLStatement) throws(DeskError) -> PreparedStatement {
        let text = statement.text
        if let known = prepared[text] { return known }
        if prepared.count >= Self.largestCache {
            try send(command: "DEALLOCATE ALL")
            prepared = [:]
        }
        let new = PreparedStatement(name: "s\(prepared.count)")
        try require(PQsendPrepare(handle, new.name, statement.text { "$\($0)" }, 0, nil))
        expected.append(.preparation(of: text))
        prepared[text] = new
        return new
    }

    private func require(_ sent: Int32) throws(DeskError) {
        guard sent == 1 else { throw isAlive ? .storageFault("a statement could not be sent") : PostgresFailure.lostConnection }
    }

    /// Waits for the answers to all that was sent.
    /// - Returns: the last answer.
    private func synchronize() throws(DeskError) -> StatementResult {
        try require(PQpipelineSync(handle))
        var failure: DeskError?
        var last: StatementResult?
        for expectation in expected {
            last = try nextResult()
            guard let result = last, result.status != PGRES_COMMAND_OK, result.status != PGRES_TUPLES_OK else { continue }
            if case .preparation(let text) = expectation { prepared[text] = nil }
            // What comes after a failure is not run at all, and reports only that.
            if failure == nil { failure = result.isFromServer ? result.error : PostgresFailure.lostConnection }
        }
        expected = []
        _ = try result()
        if let failure { throw failure }
        guard let last else { throw PostgresFailure.lostConnection }
        return last
    }

    /// The answer to one statement, and the nothing that libpq sets behind each.
    private func nextResult() throws(DeskError) -> StatementResult {
        let answer = try result()
        while let more = PQgetResult(handle) { PQclear(more) }
        return answer
    }

    private func result() throws(DeskError) -> StatementResult {
        try awaitAnswer(for: SessionSettings.longestSilence)
        guard let result = PQgetResult(handle) else {
            throw PostgresFailure.lostConnection
        }
        return StatementResult(result)
    }
}

/// What can't go through the pipeline.
extension PostgresLink {
    /// Runs statements that stand in one text, as migrations do.
    /// - Parameter patience: how long the server may say nothing; nil for as long as it takes.
    /// - Returns: the rows of the last one.
    @discardableResult
    func runScript(_ text: String, patience: Duration? = SessionSettings.longestSilence) throws(DeskError) -> [SQLRow] {
        let isPipelined = PQpipelineStatus(handle) != PQ_PIPELINE_OFF
        if isPipelined {
            try settle()
            guard PQexitPipelineMode(handle) == 1 else { throw PostgresFailure.lostConnection }
        }
        let result = try resultOfScript(text, patience: patience)
        if isPipelined, isAlive, PQenterPipelineMode(handle) != 1 { throw PostgresFailure.lostConnection }
        guard result.status == PGRES_COMMAND_OK || result.status == PGRES_TUPLES_OK else {
            throw result.isFromServer ? result.error : PostgresFailure.lostConnection
        }
        return result.rows(result.columns)
    }

    /// - Returns: the last answer, or the first that is a failure: nothing is run behind it.
    private func resultOfScript(_ text: String, patience: Duration?) throws(DeskError) -> StatementResult {
        try require(PQsendQuery(handle, text))
        var last: StatementResult?
        repeat {
            if let patience { try awaitAnswer(for: patience) }
            guard let answer = PQgetResult(handle) else { break }
            last = StatementResult(answer)
        } while true
        guard let last else { throw PostgresFailure.lostConnection }
        return last
    }

    /// Returns when the next answer is there, or the connection has ended.
    /// - Throws: `storage_unavailable` when neither happens: the server's own limits should have ended what it does by then.
    private func awaitAnswer(for patience: Duration) throws(DeskError) {
        let deadline = ContinuousClock.now + patience
        while PQisBusy(handle) == 1 {
            let rest = deadline - ContinuousClock.now
            var place = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard rest > .zero, poll(&place, 1, Int32((rest / .milliseconds(1)).rounded(.up))) != 0 else {
                isGivenUp = true
                throw PostgresFailure.silence
            }
            guard PQconsumeInput(handle) == 1 else { return }
        }
    }

    /// Takes in what the server has sent by itself, without waiting.
    /// - Returns: the last notification of somebody else, with what it carries; nil for none.
    /// - Throws: `storage_unavailable` when the connection is gone.
    func takeNotification() throws(DeskError) -> String? {
        // Twice: a server that ends a session says why, and its end comes behind that.
        guard PQconsumeInput(handle) == 1, PQconsumeInput(handle) == 1, isAlive else { throw PostgresFailure.lostConnection }
        var payload: String?
        while let notification = PQnotifies(handle) {
            payload = String(cString: notification.pointee.extra)
            PQfreemem(notification)
        }
        return payload
    }
}
