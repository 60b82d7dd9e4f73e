/// A view model that fills a whole page: a plain struct whose stored properties are the tags of its template.
///
/// Everything in it is finished text in the reader's language. Templates find properties by reflection, so a name here is a
/// name there; a test compares the two.
package protocol PageModel: Sendable {
    /// The name of its template under `Templates/`: `pages.queue` is `pages/queue.mustache`.
    static var template: String { get }

    /// Where this page listens for what changes (`/events?…`); nil for pages that stand still.
    var eventsPath: String? { get }

    /// Which entry of the navigation it belongs to.
    var section: NavigationSection? { get }
}

extension PageModel {
    package var eventsPath: String? { nil }
    package var section: NavigationSection? { nil }
}

/// A piece of a page that can also be sent alone, over the event stream, to take the place of the element with its id.
package protocol PartialModel: Sendable {
    /// The name of its template under `Templates/`: `partials.queue-card`.
    static var template: String { get }
}

/// The places that the navigation leads to.
package enum NavigationSection: String, Sendable, CaseIterable {
    case queue, waiting, search, health, ledger, connect, settings, help
}
