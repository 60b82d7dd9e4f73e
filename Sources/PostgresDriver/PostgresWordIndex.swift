import SQLStore

/// The word index: for each document its keyed words, as the desk itself sees them, and its scope, in an inverted index. The server's
/// own idea of words is not asked, so that every database finds the same.
enum PostgresWordIndex {
    /// Part of the schema: once released it is never changed; another index is another step of the schema.
    static let definition = """
        CREATE TABLE search_index (number BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL);
        CREATE INDEX search_index_by_words ON search_index USING gin (words)
        """

    /// Sets the scope apart from words, which are letters and digits.
    private static let mark = "="

    /// Bytes of a document's different words; PostgreSQL keeps no more than a megabyte of them in one row.
    private static let longestList = 500_000

    static func insert(_ document: SearchDocument) -> SQLStatement {
        "INSERT INTO search_index (number, words) VALUES (\(document.number), array_to_tsvector(\(words(of: document))))"
    }

    static func update(_ document: SearchDocument) -> SQLStatement {
        "UPDATE search_index SET words = array_to_tsvector(\(words(of: document))) WHERE number = \(document.number)"
    }

    static func find(_ request: SearchRequest) -> SQLStatement {
        """
        SELECT number FROM search_index WHERE words @@ \(expression(request)) AND number < \(request.below ?? .max)
        ORDER BY number DESC LIMIT \(request.limit)
        """
    }

    /// As PostgreSQL writes arrays of texts (PostgreSQL's documentation, 8.15.2).
    private static func words(of document: SearchDocument) -> String {
        var text = "{\"\(mark)\(document.scope)\""
        for word in document.tokens.split(separator: " ") where text.utf8.count < longestList { text += ",\"\(word)\"" }
        return text + "}"
    }

    /// In one of the scopes, all of its words, as beginnings (PostgreSQL's documentation, 8.11.2). What came from outside is within
    /// quotes, and is letters.
    static func expression(_ request: SearchRequest) -> String {
        request.places.map { place in
            "(" + (["'\(mark)\(place.scope)'"] + place.words.map { "'\($0)':*" }).joined(separator: " & ") + ")"
        }.joined(separator: " | ")
    }
}
