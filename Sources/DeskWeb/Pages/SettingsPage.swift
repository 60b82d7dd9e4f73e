/// A user's own settings. Form fields: `locale`, `time_zone`, `theme`, `text_size`, `single_keys` (`on` or absent).
package struct SettingsPage: PageModel {
    package static let template = "pages.settings"

    package let languages: [Choice]
    package let timeZones: [Choice]
    package let themes: [Choice]
    package let textSizes: [Choice]
    package let singleKeysEnabled: Bool
    package let channels: [Channel]
    package let hasChannels: Bool
    /// Desks whose hours the reader may set.
    package let desks: [Choice]
    package let hasDesks: Bool
    /// Desks about whose people the reader decides.
    package let governed: [Choice]
    package let hasGoverned: Bool
    package var section: NavigationSection? { .settings }

    package init(
        language: Language, timeZones: [Choice], theme: Theme, textSize: TextSize, singleKeysEnabled: Bool, channels: [Channel] = [],
        desks: [Choice] = [], governed: [Choice] = [], wording: Wording
    ) {
        self.governed = governed
        hasGoverned = !governed.isEmpty
        self.desks = desks
        hasDesks = !desks.isEmpty
        languages = .languages(chosen: language)
        self.timeZones = timeZones
        themes = Theme.allCases.map { each in
            Choice(value: each.rawValue, label: wording.text("settings.theme.\(each.rawValue)"), isChosen: each == theme)
        }
        textSizes = TextSize.allCases.map { each in
            Choice(value: each.rawValue, label: wording.text("settings.textSize.\(each.rawValue)"), isChosen: each == textSize)
        }
        self.singleKeysEnabled = singleKeysEnabled
        self.channels = channels
        hasChannels = !channels.isEmpty
    }

    /// What a principal may choose of an inbox. Form field: `typing` (`on` or absent).
    package struct Channel: Sendable {
        package let path: String
        package let name: String
        package let showsTyping: Bool

        package init(inboxID: String, name: String, showsTyping: Bool) {
            path = "/settings/inboxes/\(inboxID)"
            self.name = name
            self.showsTyping = showsTyping
        }
    }
}
