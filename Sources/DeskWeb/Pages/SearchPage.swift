package import DeskCore

/// What was found, in messages and contacts that the reader may see.
package struct SearchPage: PageModel {
    package static let template = "pages.search"

    package let query: String
    /// "3 resultados", "Nada con «factura»"; nil before anything was asked.
    package let summary: String?
    package let results: [Result]
    package let hasResults: Bool
    /// Something was asked, and nothing found.
    package let isEmpty: Bool
    /// Nothing was asked yet.
    package let isBlank: Bool
    package let morePath: String?
    package var section: NavigationSection? { .search }

    /// A message or contact that was found.
    package struct Result: Sendable {
        package let path: String
        package let contactName: String
        package let initials: String
        package let channel: String
        package let when: String
        package let machineTime: String
        package let excerpt: [TextRun]

        /// - Parameters:
        ///   - messageID: nil when the contact itself was found.
        ///   - excerpt: the words around, what was found between U+2068 and U+2069.
        package init(
            conversationID: String, messageID: String?, contactName: String, channelName: String, inboxName: String, at: Instant,
            excerpt: String, wording: Wording
        ) {
            let fragment = messageID.map { "#" + MessageBubble.elementID(of: $0) } ?? ""
            path = "/conversations/\(conversationID)\(fragment)"
            self.contactName = contactName
            initials = Initials.of(contactName)
            channel = [channelName, inboxName].filter { !$0.isEmpty }.joined(separator: " · ")
            when = wording.moment(at)
            machineTime = wording.machineTime(at)
            self.excerpt = TextRun.excerpt(excerpt)
        }
    }

    /// - Parameter nextCursor: from the search; nil at the end.
    package init(query: String, results: [Result], nextCursor: String? = nil, wording: Wording) {
        self.query = query
        self.results = results
        hasResults = !results.isEmpty
        isBlank = query.isEmpty
        isEmpty = !query.isEmpty && results.isEmpty
        if isBlank {
            summary = nil
        } else if results.isEmpty {
            summary = wording.text("search.nothing", ["query": query])
        } else if nextCursor != nil {
            summary = wording.text("search.firstResults", ["count": String(results.count)])
        } else {
            summary = wording.text("search.results", count: results.count)
        }
        morePath = nextCursor.map { QueryString.path("/search", [("q", query), ("cursor", $0)]) }
    }
}
