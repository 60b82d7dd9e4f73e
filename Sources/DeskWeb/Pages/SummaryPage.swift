package import DeskCore
import Foundation

/// Whether, when and through which mailbox a principal is told every day what the desk did.
///
/// Form fields: `inbox`, `time` (`20:00`), `names` (`on`); `POST …/now` sends one, `POST …/end` ends it.
package struct SummaryPage: PageModel {
    package static let template = "pages.summary"
    /// In the evening, when most desks close.
    package static let usualTime = "20:00"

    package let path: String
    package let workspaceName: String
    package let lead: String
    /// The mailboxes through which it can leave.
    package let inboxes: [Choice]
    package let hasInboxes: Bool
    package let time: String
    package let timeHint: String
    package let namesContacts: Bool
    package let isPlanned: Bool
    /// When the next one leaves; nil without a plan.
    package let nextWords: String?
    package let sentWords: String?
    package let failureWords: String?
    package let errorWords: String?
    /// What would be sent now.
    package let preview: SummaryLetter
    package var section: NavigationSection? { .settings }

    /// What the form holds.
    package struct Values: Sendable, Hashable {
        package let inbox: String
        package let time: String
        package let namesContacts: Bool

        package init(inbox: String, time: String, namesContacts: Bool) {
            self.inbox = inbox
            self.time = time
            self.namesContacts = namesContacts
        }

        package init(_ plan: SummaryPlan) {
            let parts = [plan.minute / 60, plan.minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            self.init(inbox: plan.inbox.text, time: parts.joined(separator: ":"), namesContacts: plan.namesContacts)
        }
    }

    /// - Parameters:
    ///   - progress: nil where nothing is planned.
    ///   - returned: what was typed and could not be kept.
    package init(
        workspace: Workspace, address: String, inboxes: [Inbox], plan: SummaryPlan?, progress: SummaryProgress?, returned: Values? = nil,
        preview: SummaryLetter, wording: Wording
    ) {
        let values = returned ?? plan.map(Values.init) ?? Values(inbox: "", time: Self.usualTime, namesContacts: true)
        path = "/settings/summary/\(workspace.id.text)"
        workspaceName = workspace.name
        lead = wording.text("summary.lead", ["address": address])
        self.inboxes = inboxes.map {
            Choice(value: $0.id.text, label: "\($0.name) (\($0.account))", isChosen: $0.id.text == values.inbox)
        }
        hasInboxes = !inboxes.isEmpty
        time = values.time
        timeHint = wording.text("summary.timeHint", ["zone": wording.timeZone.identifier.replacing("_", with: " ")])
        namesContacts = values.namesContacts
        isPlanned = plan != nil
        nextWords = progress.map { wording.text("summary.next", ["moment": wording.moment($0.nextAt)]) }
        sentWords = (progress?.sent).map {
            wording.text("summary.sent", count: Int($0.entries), ["moment": wording.moment($0.at)])
        }
        failureWords = (progress?.failure).map { wording.text("summary.failed", ["reason": $0]) }
        errorWords = returned == nil ? nil : wording.text("summary.error")
        self.preview = preview
    }
}
