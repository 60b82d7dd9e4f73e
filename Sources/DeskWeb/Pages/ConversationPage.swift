/// One conversation, with the queue beside it and the context of its contact.
package struct ConversationPage: PageModel {
    package static let template = "pages.conversation"

    package let queue: QueueColumn
    package let header: ConversationHeader
    /// The way to older messages; nil at the beginning.
    package let earlierPath: String?
    package let timeline: [TimelineEntry]
    package let composer: Composer
    package let panel: ContextPanel
    package let eventsPath: String?
    package var section: NavigationSection? { .queue }

    package init(
        queue: QueueColumn, header: ConversationHeader, earlierPath: String? = nil, timeline: [TimelineEntry], composer: Composer,
        panel: ContextPanel, eventsPath: String?
    ) {
        self.queue = queue
        self.header = header
        self.earlierPath = earlierPath
        self.timeline = timeline
        self.composer = composer
        self.panel = panel
        self.eventsPath = eventsPath
    }
}
