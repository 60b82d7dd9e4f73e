/// Home: who waits, longest first.
package struct QueuePage: PageModel {
    package static let template = "pages.queue"

    package let queue: QueueColumn
    package let eventsPath: String?
    package var section: NavigationSection? { .queue }
    /// Steps of the setting up that are still open; empty when all is set.
    package let checklist: [ChecklistItem]
    package let hasChecklist: Bool

    package init(queue: QueueColumn, eventsPath: String?, checklist: [ChecklistItem] = []) {
        self.queue = queue
        self.eventsPath = eventsPath
        self.checklist = checklist
        hasChecklist = checklist.contains { !$0.isDone }
    }
}
