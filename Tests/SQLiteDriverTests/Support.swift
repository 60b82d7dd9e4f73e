import DeskCore
import DeskServices
import SQLStore

/// Runs statements on another connection, and keeps how the database goes about each.
final class ExplainingConnection: SQLConnection {
    struct Plan {
        let statement: String
        let steps: [String]
    }

    private let connection: any SQLConnection
    private(set) var plans: [Plan] = []

    init(_ connection: any SQLConnection) { self.connection = connection }

    private func note(_ statement: SQLStatement) throws(DeskError) {
        plans.append(Plan(statement: statement.text, steps: try connection.explain(statement)))
    }

    func run(_ statement: SQLStatement) throws(DeskError) -> Int {
        try note(statement)
        return try connection.run(statement)
    }

    func query(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] {
        try note(statement)
        return try connection.query(statement)
    }

    func claim(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] {
        try note(statement)
        return try connection.claim(statement)
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value { try connection.savepoint(body) }

    func notify(_ event: DeskEvent) { connection.notify(event) }

    func index(_ document: SearchDocument) throws(DeskError) { try connection.index(document) }

    func reindex(_ document: SearchDocument, replacing old: String) throws(DeskError) { try connection.reindex(document, replacing: old) }

    func unindex(_ document: SearchDocument) throws(DeskError) { try connection.unindex(document) }

    func search(_ request: SearchRequest) throws(DeskError) -> [Int64] { try connection.search(request) }

    func explain(_ statement: SQLStatement) throws(DeskError) -> [String] { try connection.explain(statement) }

    func runMigration(_ script: MigrationScript) throws(DeskError) { try connection.runMigration(script) }
}

extension SQLConnection {
    func note(_ number: Int) throws {
        try run("INSERT INTO notes VALUES (\(String(number)))")
    }

    /// The number in a column of a statement's first row.
    func number(_ statement: SQLStatement, _ column: String) throws -> Int? {
        try first(statement)?.int(column)
    }
}
