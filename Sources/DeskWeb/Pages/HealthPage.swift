package import DeskCore

/// Whether everything works, and what to do where it doesn't.
package struct HealthPage: PageModel {
    package static let template = "pages.health"

    /// How a part is doing. The raw value is the style's modifier.
    package enum Level: String, Sendable {
        case good, attention, broken
    }

    package let level: String
    /// "Todo funciona".
    package let summary: String
    package let channels: [Check]
    package let hasChannels: Bool
    package let system: [Check]
    package let incidents: [IncidentNotice]
    package let hasIncidents: Bool
    package let holds: [Hold]
    package let hasHolds: Bool
    package var section: NavigationSection? { .health }

    /// A workspace that sends nothing since it was brought back from a backup. The form posts `sure=yes`.
    package struct Hold: Sendable {
        package let path: String
        package let fieldID: String
        package let words: String
        /// Whether this viewer may let it send again.
        package let canRelease: Bool

        /// - Parameter backupAt: when the backup was made.
        package init(workspaceID: String, workspaceName: String, backupAt: Instant, canRelease: Bool, wording: Wording) {
            path = "/workspaces/\(workspaceID)/release"
            fieldID = "sure-\(workspaceID)"
            words = wording.text("health.hold.words", ["workspace": workspaceName, "moment": wording.moment(backupAt)])
            self.canRelease = canRelease
        }
    }

    /// One thing that was looked at.
    package struct Check: Sendable {
        package let name: String
        package let level: String
        /// "Bien", "Mirar", "No funciona": the level in a word.
        package let levelWords: String
        /// "Última señal hace 2 min".
        package let words: String
        /// What to do; nil when all is well.
        package let remedy: String?
        package let facts: [Fact]
        package let hasFacts: Bool

        package init(name: String, level: Level, words: String, remedy: String? = nil, facts: [Fact] = [], wording: Wording) {
            self.name = name
            self.level = level.rawValue
            levelWords = wording.text("health.level.\(level.rawValue)")
            self.words = words
            self.remedy = remedy
            self.facts = facts
            hasFacts = !facts.isEmpty
        }
    }

    /// - Parameters:
    ///   - channels: one for each inbox.
    ///   - system: storage, backups, clock, version.
    ///   - incidents: what inboxes may have missed, and nobody has cleared.
    package init(
        channels: [Check], system: [Check], incidents: [IncidentNotice] = [], holds: [Hold] = [], wording: Wording
    ) {
        self.channels = channels
        hasChannels = !channels.isEmpty
        self.system = system
        self.incidents = incidents
        hasIncidents = !incidents.isEmpty
        self.holds = holds
        hasHolds = !holds.isEmpty
        let needsAPerson = !holds.isEmpty || incidents.contains { $0.isAlarm }
        let levels = Set((channels + system).map(\.level) + (needsAPerson ? [Level.attention.rawValue] : []))
        let worst = [Level.broken, .attention].first { levels.contains($0.rawValue) } ?? .good
        level = worst.rawValue
        summary = wording.text("health.summary.\(worst.rawValue)")
    }
}
