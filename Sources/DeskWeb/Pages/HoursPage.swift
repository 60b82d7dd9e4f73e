package import DeskCore

/// When a desk is open, how soon answers are due, and who is told when one is late.
///
/// Form fields: `target`, `mode` (`always` or `hours`), `mon` … `sun` (`09:00-13:00, 15:00-19:00`), `exceptions` (a date and its times on
/// each line), `channel_…`, `inbox_…`, `supervisor`, `principal`; all times in minutes.
package struct HoursPage: PageModel {
    package static let template = "pages.hours"

    package let path: String
    package let workspaceName: String
    /// "Las horas son las de Europe/Madrid."
    package let zoneWords: String
    package let target: String
    package let isAlwaysOpen: Bool
    package let days: [Entry]
    package let exceptions: String
    package let overrides: [Entry]
    package let hasOverrides: Bool
    package let supervisor: String
    package let principal: String
    /// What could not be read; nil when all is well.
    package let errorWords: String?
    package var section: NavigationSection? { .settings }

    /// A field with its label.
    package struct Entry: Sendable {
        package let field: String
        package let label: String
        package let value: String

        package init(field: String, label: String, value: String) {
            self.field = field
            self.label = label
            self.value = value
        }
    }

    /// What the form holds, as text.
    package struct Values: Sendable {
        package var target: String
        package var isAlwaysOpen: Bool
        package var days: [Weekday: String]
        package var exceptions: String
        package var overrides: [String: String]
        package var supervisor: String
        package var principal: String

        /// As somebody typed it.
        package init(
            target: String, isAlwaysOpen: Bool, days: [Weekday: String], exceptions: String, overrides: [String: String],
            supervisor: String, principal: String
        ) {
            self.target = target
            self.isAlwaysOpen = isAlwaysOpen
            self.days = days
            self.exceptions = exceptions
            self.overrides = overrides
            self.supervisor = supervisor
            self.principal = principal
        }

        package init(_ policy: AnswerPolicy) {
            target = String(policy.target.wholeMinutes)
            isAlwaysOpen = policy.hours.isAroundTheClock
            days = isAlwaysOpen ? [:] : policy.hours.week.mapValues { $0.map(\.text).joined(separator: ", ") }
            exceptions = policy.hours.exceptionWords.sorted { $0.key < $1.key }
                .map { ([$0.key] + $0.value).joined(separator: " ") }.joined(separator: "\n")
            overrides = Dictionary(
                uniqueKeysWithValues: policy.channelTargets.map { (HoursPage.field(of: $0.key), String($0.value.wholeMinutes)) }
                    + policy.inboxTargets.map { (HoursPage.field(of: $0.key), String($0.value.wholeMinutes)) })
            supervisor = String(policy.escalation.supervisorAfter.wholeMinutes)
            principal = policy.escalation.principalAfter.map { String($0.wholeMinutes) } ?? ""
        }
    }

    package static func field(of channel: ChannelName) -> String { "channel_\(channel.rawValue)" }

    package static func field(of inbox: Inbox.ID) -> String { "inbox_\(inbox.text)" }

    /// - Parameter inboxes: the workspace's.
    package init(workspace: Workspace, inboxes: [Inbox], values: Values, hasError: Bool = false, wording: Wording) {
        path = "/settings/hours/\(workspace.id.text)"
        workspaceName = workspace.name
        zoneWords = wording.text("hours.zone", ["zone": workspace.timeZone.replacing("_", with: " ")])
        target = values.target
        isAlwaysOpen = values.isAlwaysOpen
        days = Weekday.allCases.enumerated().map { index, day in
            let name = wording.text("weekday.\(index + 1)")
            return Entry(field: day.rawValue, label: name.prefix(1).uppercased() + name.dropFirst(), value: values.days[day] ?? "")
        }
        exceptions = values.exceptions
        let channels = Set(inboxes.map(\.channel)).sorted { $0.rawValue < $1.rawValue }
        overrides =
            channels.map {
                Entry(field: Self.field(of: $0), label: wording.channel($0.rawValue), value: values.overrides[Self.field(of: $0)] ?? "")
            }
            + inboxes.map { inbox in
                Entry(
                    field: Self.field(of: inbox.id), label: "\(wording.channel(inbox.channel.rawValue)) · \(inbox.name)",
                    value: values.overrides[Self.field(of: inbox.id)] ?? "")
            }
        hasOverrides = !overrides.isEmpty
        supervisor = values.supervisor
        principal = values.principal
        errorWords = hasError ? wording.text("hours.problem") : nil
    }
}
