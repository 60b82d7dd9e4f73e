import DeskCore
import DeskServices

extension SQLStatement {
    /// Found by their numbers alone. Asked for a workspace as well, SQLite would go through everything that the workspace has.
    fileprivate static func hits(_ numbers: [Int64]) -> SQLStatement {
        """
        SELECT d.number, d.workspace, d.message, d.text, d.at, m.direction, c.id AS conversation, p.name, p.identities
        FROM search_documents d
        LEFT JOIN messages m ON m.id = d.message AND m.workspace = d.workspace
        LEFT JOIN conversations s ON s.workspace = d.workspace AND s.id = d.conversation
        JOIN contacts p ON p.workspace = d.workspace AND p.id = coalesce(s.contact, d.subject)
        JOIN conversations c ON c.workspace = p.workspace AND c.inbox = p.inbox AND c.contact = p.id
        WHERE d.number IN (\(list: numbers))
        ORDER BY d.number DESC
        """
    }
}

struct SQLSearchRepository: SearchRepository {
    private static let longestPage = 100
    /// Characters of a found text that are shown.
    private static let excerptLength = 240

    let connection: any SQLConnection

    func search(_ query: String, scope: Scope, limit: Int, cursor: String?) throws -> Page<SearchHit> {
        let place = try cursor.map { try Cursor($0, of: .search).number }
        let words = SearchWords.words(of: query)
        guard !words.isEmpty, !scope.workspaces.isEmpty else { return Page(items: [], nextCursor: nil) }
        let length = min(max(1, limit), Self.longestPage)
        let request = SearchRequest(
            words: words, scopes: scope.workspaces.map(SearchDocuments.scope), below: place, limit: length + 1)
        let numbers = try connection.search(request)
        let page = Array(numbers.prefix(length))
        let next = numbers.count > length ? page.last.map { Cursor(list: .search, number: $0, id: "").text } : nil
        guard !page.isEmpty else { return Page(items: [], nextCursor: nil) }
        let hits = try connection.query(.hits(page)).map { try Self.hit($0, words) }
        // Once more, because the word index finds, but does not decide what may be seen.
        return Page(items: hits.filter { scope.covers($0.workspace) }, nextCursor: next)
    }

    private static func hit(_ row: SQLRow, _ words: [String]) throws -> SearchHit {
        let identities: [ProviderIdentity] = try row.json("identities")
        return SearchHit(
            conversation: try row.identifier("conversation"), workspace: try row.identifier("workspace"),
            contactName: try row.optionalText("name") ?? identities.first?.value ?? "?",
            message: try row.optionalIdentifier("message"), direction: try row.optionalWord("direction"),
            text: SearchWords.excerpt(of: try row.text("text"), around: words, length: excerptLength), at: try row.instant("at"))
    }
}
