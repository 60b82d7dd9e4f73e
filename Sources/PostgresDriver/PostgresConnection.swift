import DeskCore
import DeskServices
import SQLStore

/// A connection to PostgreSQL on a thread of its own, made when it is needed and again when it was lost. It serves one read or one
/// group of writes after the other.
final class PostgresConnection {
    enum Purpose: Equatable {
        case reading, writing
        /// - Parameter asServer: whether it also holds the database for the one program that serves from it.
        case listening(asServer: Bool)
    }

    private let purpose: Purpose
    private var access: ServerAccess
    private var link: PostgresLink?
    private var hasBegun = false
    /// Whether something was sent since the last savepoint whose failure nobody would have heard of.
    private var hasUnanswered = false
    private var events: [DeskEvent] = []
    private var unindexed: [SearchDocument] = []

    init(_ address: PostgresAddress, for purpose: Purpose) {
        self.purpose = purpose
        access = ServerAccess(address)
    }

    /// Runs a read-only body on one consistent state.
    func read<Value>(_ body: (any SQLConnection) throws -> Value) throws -> Value {
        try beginReading()
        do {
            let value = try body(self)
            try requireLink().execute(command: "COMMIT")
            hasBegun = false
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    private func beginReading() throws(DeskError) {
        rollBack()
        let link = try openLink()
        try link.send(command: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        hasBegun = true
    }

    /// The link, which is made anew when the server has ended it since.
    private func openLink() throws(DeskError) -> PostgresLink {
        if let link {
            do {
                _ = try link.takeNotification()
                return link
            } catch {
                self.link = nil
            }
        }
        let link = try access.open()
        if case .listening(let asServer) = purpose {
            if asServer { try ServerLock.take(on: link) }
            _ = try link.execute(EventChannel.listen)
        }
        self.link = link
        return link
    }

    /// - Throws: inside a transaction that the server gave up nothing more may run, or it would be committed by itself.
    private func requireLink() throws(DeskError) -> PostgresLink {
        guard let link, isInTransaction else { throw .transactionGivenUp }
        return link
    }
}

/// Listening.
extension PostgresConnection {
    /// How long the server should not be asked again.
    var remainingPause: Duration { access.remainingPause }

    /// What becomes readable when the server has something to say. Good until the next use of the connection.
    func socket() throws(DeskError) -> Int32 {
        guard let link else { throw PostgresFailure.lostConnection }
        return link.socket
    }

    /// - Returns: the number of the newest event that another session has announced; nil for none.
    func takeNotification() throws(DeskError) -> Int64? {
        guard let link else { throw PostgresFailure.lostConnection }
        return try link.takeNotification().flatMap { Int64($0) }
    }
}

/// Statements.
extension PostgresConnection: SQLConnection {
    @discardableResult
    func run(_ statement: SQLStatement) throws(DeskError) -> Int {
        try execute(statement).changed
    }

    func perform(_ statement: SQLStatement) throws(DeskError) {
        try requireLink().send(statement)
        hasUnanswered = true
    }

    func query(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] {
        try execute(statement).rows
    }

    private func execute(_ statement: SQLStatement) throws(DeskError) -> (rows: [SQLRow], changed: Int) {
        let link = try requireLink()
        let outcome = try link.execute(statement)
        hasUnanswered = false
        // A body may not end its own transaction; should it have done so, nothing may run outside.
        if !link.isInTransaction { hasBegun = false }
        return outcome
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        let (eventCount, documents) = (events.count, unindexed)
        let link = try requireLink()
        // What has failed before belongs to whoever is around this part, and not to this part.
        try hear(link)
        try link.send(command: "SAVEPOINT part")
        do {
            let value = try body()
            try release()
            return value
        } catch {
            events.removeSubrange(eventCount...)
            unindexed = documents
            if isInTransaction {
                settle(link)
                try link.execute(command: "ROLLBACK TO SAVEPOINT part")
                try link.send(command: "RELEASE SAVEPOINT part")
            }
            throw error
        }
    }

    /// Waits for what was sent and could have failed.
    private func hear(_ link: PostgresLink) throws(DeskError) {
        guard hasUnanswered else { return }
        hasUnanswered = false
        try link.settle()
    }

    /// Before something is undone: a failure that nobody has heard of would have the server pass over the undoing itself.
    private func settle(_ link: PostgresLink) {
        hasUnanswered = false
        do {
            try link.settle()
        } catch {
            // It belongs to what is undone now.
            return
        }
    }

    /// - Throws: when a statement has failed and the body went on as if it had not: the server has undone its work then.
    private func release() throws(DeskError) {
        let link = try requireLink()
        try hear(link)
        guard !link.hasFailed else { throw .storageFault("a statement failed, and what came with it was not undone") }
        try link.send(command: "RELEASE SAVEPOINT part")
    }

    /// Locks the rows; what another server has locked is passed over. A read only looks.
    func claim(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] {
        try query(purpose == .writing ? "\(statement) FOR UPDATE SKIP LOCKED" : statement)
    }

    func notify(_ event: DeskEvent) {
        events.append(event)
    }

    func explain(_ statement: SQLStatement) throws(DeskError) -> [String] {
        try query("EXPLAIN \(statement)").map { row throws(DeskError) in try row.text("QUERY PLAN") }
    }

    func runMigration(_ script: MigrationScript) throws(DeskError) {
        let link = try requireLink()
        try link.runScript(SessionSettings.patience)
        try link.runScript(script.text, patience: nil)
    }
}

/// Transactions of writes. They are one after another, also those of several servers on one database: what a body has read stays true
/// until its commit, numbers of events are in the order of commits, and each ledger is one chain.
extension PostgresConnection: TransactionConnection {
    private static let lock: SQLStatement = "SELECT pg_catalog.pg_advisory_xact_lock(6278412079231)"

    var isInTransaction: Bool { hasBegun && link?.isAlive == true }

    /// Asks the server for something before any body runs, so that a connection which was lost meanwhile fails nobody.
    func begin() throws(DeskError) {
        rollBack()
        (events, unindexed, hasUnanswered) = ([], [], false)
        let hadLink = link != nil
        do {
            try beginWriting()
        } catch {
            rollBack()
            guard hadLink, link?.isAlive != true else { throw error }
            try beginWriting()
        }
    }

    private func beginWriting() throws(DeskError) {
        let link = try openLink()
        try link.send(command: "BEGIN ISOLATION LEVEL READ COMMITTED")
        hasBegun = true
        _ = try link.execute(Self.lock)
    }

    func commit() throws(DeskError) -> [DeskEvent] {
        let link = try requireLink()
        for document in unindexed { try link.send(PostgresWordIndex.insert(document)) }
        if let last = events.last { try link.send(EventChannel.announce(last)) }
        _ = link.takeWarning()
        try end(link)
        guard !link.takeWarning() else { throw PostgresFailure.unknownCommit }
        return events
    }

    private func end(_ link: PostgresLink) throws(DeskError) {
        let tag: String
        do {
            tag = try link.execute(command: "COMMIT")
        } catch {
            throw link.isAlive ? error : PostgresFailure.unknownCommit
        }
        hasBegun = false
        guard tag == "COMMIT" else { throw .transactionGivenUp }
    }

    /// What can't be rolled back is given up with the link: the server then does it by itself.
    func rollBack() {
        guard hasBegun else { return }
        hasBegun = false
        guard let link, link.isAlive else {
            link = nil
            return
        }
        settle(link)
        do {
            try link.execute(command: "ROLLBACK")
        } catch {
            self.link = nil
        }
    }
}

/// Word search.
extension PostgresConnection {
    func index(_ document: SearchDocument) {
        unindexed.append(document)
    }

    func reindex(_ document: SearchDocument, replacing old: String) throws(DeskError) {
        guard let place = unindexed.lastIndex(where: { $0.number == document.number }) else {
            try run(PostgresWordIndex.update(document))
            return
        }
        unindexed[place] = document
    }

    func unindex(_ document: SearchDocument) throws(DeskError) {
        unindexed.removeAll { $0.number == document.number }
        try run("DELETE FROM search_index WHERE number = \(document.number)")
    }

    func search(_ request: SearchRequest) throws(DeskError) -> [Int64] {
        try query(PostgresWordIndex.find(request)).map { row throws(DeskError) in try row.integer("number") }
    }
}
