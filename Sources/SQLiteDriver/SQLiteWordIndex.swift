import SQLStore

/// The word index: an FTS5 table that keeps keyed words and numbers, but no texts.
///
/// Beginnings of up to eight letters have an index of their own, in which the newest hits are found without looking at the others:
/// however many there are, a page costs the same. For longer ones, FTS5 gathers all hits of all words with that beginning first.
enum SQLiteWordIndex {
    private static let longestBeginning = 8
    /// Rows that are looked through for longer beginnings, before FTS5 is asked for them.
    static let candidateCount = 256

    /// Part of the schema: once released it is never changed; another index is another step of the schema.
    static let definition = """
        CREATE VIRTUAL TABLE search_index USING fts5(
            scope, text, content = '', detail = column, prefix = '1 2 3 4 5 6 7 8',
            tokenize = "unicode61 remove_diacritics 2 tokenchars '\(newerLetters)' separators '\(pictures)'"
        );
        CREATE TABLE search_progress (name TEXT NOT NULL PRIMARY KEY, through INTEGER NOT NULL) STRICT;
        INSERT INTO search_progress (name, through) VALUES ('search', 0)
        """

    /// SQLite knows Unicode 6.1 and takes what came later for letters, so that a picture would become part of the word beside it.
    private static let pictures = text(0x1F000...0x1F0FF) + text(0x1F10D...0x1FAFF)

    /// Letters that were marks in Unicode 6.1.
    private static let newerLetters = text(0x19B0...0x19C0) + text(0x19C8...0x19C9) + text(0x1CF2...0x1CF3)

    private static func text(_ scalars: ClosedRange<UInt32>) -> String {
        String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
    }

    static let through: SQLStatement = "SELECT through FROM search_progress WHERE name = 'search'"

    static let insertNew: SQLStatement = """
        INSERT INTO search_index (rowid, scope, text)
        SELECT number, scope, tokens FROM search_documents
        WHERE number > (SELECT through FROM search_progress WHERE name = 'search')
        ORDER BY number
        """

    static let advance: SQLStatement = """
        UPDATE search_progress SET through = (SELECT max(number) FROM search_documents) WHERE name = 'search'
        """

    static func insert(_ document: SearchDocument) -> SQLStatement {
        "INSERT INTO search_index (rowid, scope, text) VALUES (\(document.number), \(document.scope), \(document.tokens))"
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

    /// The newest documents that have the words' indexed beginnings, with their keyed words.
    static func candidates(_ request: SearchRequest) -> SQLStatement {
        let places = request.places.map { SearchRequest.Place(scope: $0.scope, words: $0.words.map { shortened($0) }) }
        let beginnings = SearchRequest(places: places, below: request.below, limit: candidateCount)
        return """
            SELECT d.number, d.scope, d.tokens
            FROM (\(find(beginnings))) AS found CROSS JOIN search_documents d ON d.number = found.rowid
            ORDER BY d.number DESC
            """
    }

    static func isIndexed(_ word: String) -> Bool { word.unicodeScalars.count <= longestBeginning }

    private static func shortened(_ word: String) -> String {
        String(String.UnicodeScalarView(word.unicodeScalars.prefix(longestBeginning)))
    }

    /// In one of the scopes, all of its words, as beginnings. Everything that came from outside is within quotation marks.
    static func expression(_ request: SearchRequest) -> String {
        request.places.map { place in
            let words = place.words.map { quoted($0) + " *" }.joined(separator: " AND ")
            return "(scope : (\(quoted(place.scope))) AND text : (\(words)))"
        }.joined(separator: " OR ")
    }

    private static func quoted(_ word: String) -> String {
        "\"" + word.replacing("\"", with: "\"\"") + "\""
    }
}
