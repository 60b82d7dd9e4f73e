package import DeskCore
import Foundation

/// Sample view models of every page, believable and complete: for tests, and for looking at the design without a server.
///
/// Nothing in it is anybody's: the people, numbers and addresses are invented.
package struct Gallery: Sendable {
    let wording: Wording

    /// The moment at which every sample is set: 2026-03-11T15:30:00Z, a Wednesday.
    package static let now = Instant(unixSeconds: 1_773_243_000)

    package init(language: Language, catalogues: Catalogues) {
        let timeZone = TimeZone(identifier: "America/Bogota") ?? .gmt
        wording = Wording(catalogue: catalogues[language], timeZone: timeZone, now: Self.now)
    }

    /// Every page in each of its states, under a name that can be a file's.
    package var pages: [(name: String, page: any PageModel)] {
        deskPages + mailPages + doorPages + sidePages + mailboxPages + peoplePages
    }

    /// Every piece that is also sent alone.
    package var partials: [(name: String, partial: any PartialModel)] {
        let page = conversationPage(composer: composer())
        var partials: [(name: String, partial: any PartialModel)] = [
            ("queue-card", cards[0]), ("queue-column", queue()), ("queue-summary", queue().summary),
            ("conversation-header", page.header), ("composer", page.composer), ("context-panel", page.panel),
            ("connection", connection(hasReceived: false)), ("decisions", decisions),
        ]
        if let clock = cards[0].clock { partials.append(("clock", clock)) }
        if let message = page.timeline.compactMap(\.message).first { partials.append(("message", message)) }
        return partials
    }

    /// The context of a request, as somebody signed in would have it.
    package func context(theme: Theme = .system, textSize: TextSize = .normal, path: String = "/") -> PageContext {
        PageContext(
            wording: wording, user: SignedInUser(name: "Lucía Ferro", role: wording.role("assistant")), workspaceName: "Estudio Quiroga",
            csrfToken: "sample-csrf", nonce: "sample-nonce", path: path, theme: theme, textSize: textSize, owedCount: 7,
            decisionCount: 2)
    }

    func ago(_ minutes: Int) -> Instant { Self.now - .minutes(minutes) }

    func ahead(_ minutes: Int) -> Instant { Self.now + .minutes(minutes) }
}
