import DeskCore
import DeskServices

extension SQLStatement {
    /// Found by their numbers alone. Asked for a workspace as well, SQLite would go through everything that the workspace has.
    fileprivate static func hits(_ numbers: [Int64]) -> SQLStatement {
        """
        SELECT d.number, d.workspace, d.message, d.text, d.at, m.direction, c.id AS conversation, p.name, p.identities,
               c.inbox, c.topic, c.assignee, p.contact_class
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

    let connection: SealingConnection

    func search(_ query: String, scope: Scope, limit: Int, cursor: String?) throws -> Page<SearchHit> {
        let place = try cursor.map { try Cursor($0, of: .search).number }
        let words = SearchWords.words(of: query)
        guard !words.isEmpty, !scope.workspaces.isEmpty else { return Page(items: [], nextCursor: nil) }
        let length = min(max(1, limit), Self.longestPage)
        var found = Found(place: place)
        while found.hits.count <= length, !found.isAll { try look(for: words, scope, stretch: length + 1, &found) }
        let page = found.hits.prefix(length)
        let next = found.hits.count > length ? page.last.map { Cursor(list: .search, number: $0.number, id: "").text } : nil
        return Page(items: page.map(\.hit), nextCursor: next)
    }

    private struct Found {
        var place: Int64?
        var hits: [(number: Int64, hit: SearchHit)] = []
        var isAll = false
    }

    /// One more stretch. The word index finds, but does not decide what may be seen: what may not leaves no gap.
    private func look(for words: [String], _ scope: Scope, stretch: Int, _ found: inout Found) throws {
        let places: [SearchRequest.Place] = try scope.workspaces.compactMap { workspace in
            guard let cipher = try connection.keys(ofPerhaps: workspace)?.words else { return nil }
            return SearchRequest.Place(scope: SearchDocuments.scope(of: workspace), words: words.map(cipher.sealed))
        }
        guard !places.isEmpty else {
            found.isAll = true
            return
        }
        let request = SearchRequest(places: places, below: found.place, limit: stretch)
        let numbers = try connection.search(request)
        found.isAll = numbers.count < stretch
        found.place = numbers.last
        guard !numbers.isEmpty else { return }
        for row in try connection.query(.hits(numbers)) where try Self.mayBeFound(row, words, scope) {
            found.hits.append((try row.integer("number"), try Self.hit(row, words, scope)))
        }
    }

    /// The index knows keyed signs only, of which two may be the same; the words decide. Whoever may not reveal a number does not find by
    /// it either: a guess would be confirmed.
    private static func mayBeFound(_ row: SQLRow, _ words: [String], _ scope: Scope) throws -> Bool {
        let matter = try matter(row)
        guard scope.covers(matter), let sight = scope.sights[matter.workspace] else { return false }
        let text = try row.sealedText("text")
        return SearchWords.areFound(words, in: sight.grant.actions.contains(.reveal) ? text : Mask.text(text))
    }

    private static func matter(_ row: SQLRow) throws -> Matter {
        Matter(
            workspace: try row.identifier("workspace"), inbox: try row.identifier("inbox"), topic: try row.optionalWord("topic"),
            contactClass: try row.word("contact_class"), assignee: try row.optionalIdentifier("assignee"))
    }

    /// Covered before it is cut: half a number is not recognised any more.
    private static func hit(_ row: SQLRow, _ words: [String], _ scope: Scope) throws -> SearchHit {
        let identities: [ProviderIdentity] = try row.sealedJSON("identities")
        let workspace: Workspace.ID = try row.identifier("workspace")
        let isMasked = scope.isMasked(in: workspace)
        let text = try isMasked ? Mask.text(row.sealedText("text")) : row.sealedText("text")
        let hit = SearchHit(
            conversation: try row.identifier("conversation"), workspace: workspace,
            contactName: try row.optionalSealedText("name") ?? identities.first?.value ?? "?",
            message: try row.optionalIdentifier("message"), direction: try row.optionalWord("direction"),
            text: SearchWords.excerpt(of: text, around: words, length: excerptLength), at: try row.instant("at"))
        return isMasked ? hit.masked : hit
    }
}
