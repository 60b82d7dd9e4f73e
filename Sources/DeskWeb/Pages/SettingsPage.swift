/// A user's own settings. Form fields: `locale`, `time_zone`, `theme`, `text_size`, `single_keys` (`on` or absent).
package struct SettingsPage: PageModel {
    package static let template = "pages.settings"

    package let languages: [Choice]
    package let timeZones: [Choice]
    package let themes: [Choice]
    package let textSizes: [Choice]
    package let singleKeysEnabled: Bool
    package var section: NavigationSection? { .settings }

    package init(
        language: Language, timeZones: [Choice], theme: Theme, textSize: TextSize, singleKeysEnabled: Bool, wording: Wording
    ) {
        languages = .languages(chosen: language)
        self.timeZones = timeZones
        themes = Theme.allCases.map { each in
            Choice(value: each.rawValue, label: wording.text("settings.theme.\(each.rawValue)"), isChosen: each == theme)
        }
        textSizes = TextSize.allCases.map { each in
            Choice(value: each.rawValue, label: wording.text("settings.textSize.\(each.rawValue)"), isChosen: each == textSize)
        }
        self.singleKeysEnabled = singleKeysEnabled
    }
}
