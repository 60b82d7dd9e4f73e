package import DeskCore
package import DeskServices

/// One connection to a database, within one read or one transaction. Synchronous on purpose.
///
/// Drivers implement it. Statements are the same for every database; where databases truly differ there is a named seam here, and
/// nowhere else.
package protocol SQLConnection: AnyObject {
    /// Runs a statement.
    /// - Returns: how many rows it changed.
    /// - Throws: `storage_conflict`, `storage_fault`, `storage_unavailable`.
    @discardableResult
    func run(_ statement: SQLStatement) throws(DeskError) -> Int

    /// Runs a statement whose outcome nobody looks at, which spares a database that is far away one way there and back. Should it fail,
    /// that may be said by a later statement, or by the end of the body or savepoint that it stands in, which fails then.
    /// - Throws: `storage_conflict`, `storage_fault`, `storage_unavailable`.
    func perform(_ statement: SQLStatement) throws(DeskError)

    /// Runs a statement, and gives its rows.
    /// - Throws: `storage_conflict`, `storage_fault`, `storage_unavailable`.
    func query(_ statement: SQLStatement) throws(DeskError) -> [SQLRow]

    /// Runs a part that may fail alone: if it throws, what it did is undone, and the error goes on to the caller.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value

    /// Seam *claim*: a query whose rows no other transaction may take up until this one has ended.
    func claim(_ statement: SQLStatement) throws(DeskError) -> [SQLRow]

    /// Seam *notify*: after the commit, and only then, the driver's listeners get the event.
    func notify(_ event: DeskEvent)

    /// Seam *search*: takes a new document of `search_documents` into the word index, at the latest when the transaction commits.
    func index(_ document: SearchDocument) throws(DeskError)

    /// Seam *search*: replaces the words of a document in the word index.
    /// - Parameter old: the document's keyed words as they were indexed before.
    func reindex(_ document: SearchDocument, replacing old: String) throws(DeskError)

    /// Seam *search*: takes a document out of the word index.
    func unindex(_ document: SearchDocument) throws(DeskError)

    /// Seam *search*: the numbers of documents that have all the words, newest first.
    func search(_ request: SearchRequest) throws(DeskError) -> [Int64]

    /// Seam *explain*: how the database would go about a statement, a line a step.
    func explain(_ statement: SQLStatement) throws(DeskError) -> [String]

    /// Runs the statements of a migration, which come from the program's own files.
    func runMigration(_ script: MigrationScript) throws(DeskError)
}

extension SQLConnection {
    /// At once, where the database is near.
    package func perform(_ statement: SQLStatement) throws(DeskError) {
        try run(statement)
    }

    /// The first row of a query, if there is one.
    package func first(_ statement: SQLStatement) throws(DeskError) -> SQLRow? {
        try query(statement).first
    }
}

/// Connections to one database: implemented by a driver.
package protocol SQLDatabase: Sendable {
    /// How this database spells what differs in definitions of tables.
    var schemaWords: SchemaWords { get }

    /// Runs a read-only body on one consistent state.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value

    /// Runs a body as one transaction, and returns once it is durably committed; see `Storage.write`.
    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value

    /// Seam *rebuild*: a write in which a table may be built anew while others refer to it; what they refer to is checked before the
    /// commit. Nobody else may write meanwhile.
    func rebuild<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value

    /// Which database this is, and how it is set up: for whoever looks after it. Holds no secret.
    /// - Throws: `storage_unavailable`.
    func describe() async throws -> String

    /// Lets what waits be done, and closes every connection. Whatever is asked afterwards is refused.
    func close() async

    /// Seam *snapshot*: copies one consistent state into a new file, durably, while others go on reading and writing.
    /// - Parameters:
    ///   - path: a file that does not exist, or is empty; it is this program's to open afterwards.
    ///   - progress: called with the part that is done, 0 to 1, now and then.
    /// - Throws: `not_supported` by a database that has its own tool for it; `storage_unavailable`.
    func snapshot(to path: String, progress: @escaping @Sendable (Double) -> Void) async throws

    /// Seam *damage*: what the database finds wrong with its own files, in its own words.
    /// - Parameter isThorough: whether everything is looked at, however long it takes.
    /// - Returns: nil when nothing is wrong, and for a database that looks after its files by itself.
    func damage(isThorough: Bool) async throws -> String?
}

extension SQLDatabase {
    /// An ordinary write, where tables can be changed as they are.
    package func rebuild<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await write(body)
    }

    package func snapshot(to path: String, progress: @escaping @Sendable (Double) -> Void) async throws {
        throw DeskError(
            DeskError.Code("not_supported"),
            message: "Only the built-in database is backed up by this program. Nothing was written. For PostgreSQL use its own tools "
                + "(pg_dump, or pg_basebackup with archived logs), and copy the data folder's blobs/ after the dump has begun.")
    }

    package func damage(isThorough: Bool) async throws -> String? { nil }
}

/// One row of `search_documents`, as the word index needs it.
package struct SearchDocument: Hashable, Sendable {
    package let number: Int64
    /// One word that stands for the document's workspace.
    package let scope: String
    /// Its words, keyed, each once, between spaces; see `WordCipher`.
    package let tokens: String

    package init(number: Int64, scope: String, tokens: String) {
        self.number = number
        self.scope = scope
        self.tokens = tokens
    }
}

/// What to look for in the word index.
package struct SearchRequest: Hashable, Sendable {
    /// What to look for in one workspace's documents, whose words are keyed in their own way.
    package struct Place: Hashable, Sendable {
        package let scope: String
        /// Beginnings of keyed words; at least one.
        package let words: [String]

        package init(scope: String, words: [String]) {
            self.scope = scope
            self.words = words
        }

        /// Whether each of the beginnings begins some word of a document.
        package func isFound(in tokens: String) -> Bool {
            let tokens = tokens.utf8.split(separator: UInt8(ascii: " "))
            return words.allSatisfy { word in tokens.contains { $0.starts(with: word.utf8) } }
        }
    }

    /// At least one.
    package let places: [Place]
    /// Only documents with smaller numbers; nil for all.
    package let below: Int64?
    package let limit: Int

    package init(places: [Place], below: Int64?, limit: Int) {
        self.places = places
        self.below = below
        self.limit = limit
    }
}
