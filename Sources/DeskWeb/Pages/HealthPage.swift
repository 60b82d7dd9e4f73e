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
    package var section: NavigationSection? { .health }

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
    package init(channels: [Check], system: [Check], wording: Wording) {
        self.channels = channels
        hasChannels = !channels.isEmpty
        self.system = system
        let levels = Set((channels + system).map(\.level))
        let worst = [Level.broken, .attention].first { levels.contains($0.rawValue) } ?? .good
        level = worst.rawValue
        summary = wording.text("health.summary.\(worst.rawValue)")
    }
}
