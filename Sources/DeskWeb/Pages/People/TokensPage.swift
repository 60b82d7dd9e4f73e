package import DeskCore

/// The programs that act for somebody, by the keys that they have.
package struct TokensPage: PageModel {
    package static let template = "pages.tokens"

    package let tokens: [Row]
    package let hasTokens: Bool
    package var section: NavigationSection? { .settings }

    /// One key.
    package struct Row: Sendable {
        package let handle: String
        /// "Clave 5f1c…".
        package let name: String
        /// "para todas sus mesas", "solo para Estudio Quiroga".
        package let reach: String
        package let made: String
        package let end: String
        package let path: String

        /// - Parameters:
        ///   - deskName: the one desk that it reaches; nil for all.
        ///   - path: where pressing "remove" leads.
        package init(handle: String, deskName: String?, createdAt: Instant, expiresAt: Instant, path: String, wording: Wording) {
            self.handle = handle
            name = wording.text("tokens.name", ["handle": String(handle.prefix(8))])
            reach = deskName.map { wording.text("tokens.reach", ["desk": $0]) } ?? wording.text("tokens.everywhere")
            made = wording.text("tokens.made", ["day": wording.fullDay(createdAt)])
            end = wording.text("tokens.end", ["day": wording.fullDay(expiresAt)])
            self.path = path
        }
    }

    package init(tokens: [Row]) {
        self.tokens = tokens
        hasTokens = !tokens.isEmpty
    }
}
