import SQLStore

/// The word index: an FTS5 table that keeps words and numbers, but no texts. Accents and case don't count.
///
/// Beginnings of up to eight letters have an index of their own, in which the newest hits are found without looking at the others:
/// however many there are, a page costs the same. Without it, FTS5 gathers all hits of all words with that beginning first.
enum SQLiteWordIndex {
    static let longestBeginning = 8

    static let definition = """
        CREATE VIRTUAL TABLE search_index USING fts5(
            scope, text, content = '', detail = column, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8'
        );
        CREATE TABLE search_progress (name TEXT NOT NULL PRIMARY KEY, through INTEGER NOT NULL) STRICT;
        INSERT INTO search_progress (name, through) VALUES ('search', 0)
        """

    static let through: SQLStatement = "SELECT through FROM search_progress WHERE name = 'search'"

    static let insertNew: SQLStatement = """
        INSERT INTO search_index (rowid, scope, text)
        SELECT number, scope, text FROM search_documents
        WHERE number > (SELECT through FROM search_progress WHERE name = 'search')
        ORDER BY number
        """

    static let advance: SQLStatement = """
        UPDATE search_progress SET through = (SELECT max(number) FROM search_documents) WHERE name = 'search'
        """

    static func insert(_ document: SearchDocument) -> SQLStatement {
        "INSERT INTO search_index (rowid, scope, text) VALUES (\(document.number), \(document.scope), \(document.text))"
    }

    static func remove(_ document: SearchDocument, _ old: String) -> SQLStatement {
        """
        INSERT INTO search_index (search_index, rowid, scope, text) VALUES ('delete', \(document.number), \(document.scope), \(old))
        """
    }

    static func find(_ request: SearchRequest) -> SQLStatement {
        """
        SELECT rowid FROM search_index
        WHERE search_index MATCH \(expression(request)) AND rowid < \(request.below ?? .max)
        ORDER BY rowid DESC LIMIT \(request.limit)
        """
    }

    /// All words, as beginnings, in one of the scopes. Everything that came from outside is within quotation marks.
    static func expression(_ request: SearchRequest) -> String {
        let scopes = request.scopes.map(quoted).joined(separator: " OR ")
        let words = request.words.map { quoted($0) + " *" }.joined(separator: " AND ")
        return "scope : (\(scopes)) AND text : (\(words))"
    }

    private static func quoted(_ word: String) -> String {
        "\"" + word.replacing("\"", with: "\"\"") + "\""
    }
}
