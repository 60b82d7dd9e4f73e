import DeskCore
import Foundation

/// What surrounds every page: the frame that the layouts draw, under `chrome` in templates.
struct Chrome {
    let languageTag: String
    let theme: String
    let textSize: String
    /// The server's time, so that a wrong clock on the device does not make the waits wrong.
    let nowMilliseconds: Int64
    let csrf: String
    let nonce: String
    let path: String
    let userName: String?
    let userInitials: String?
    let userRole: String?
    let workspaceName: String?
    let isDemo: Bool
    let holdNotice: String?
    let flashes: [Flash]
    let navigation: [NavigationEntry]
    let furtherNavigation: [NavigationEntry]
    let stylesheets: [String]
    let script: String
    let icon: String
    let eventsPath: String?
    let singleKeys: String
    /// The words that scripts need, as JSON that is safe inside a `<script type="application/json">`.
    let scriptWords: String

    /// - Parameter scriptWords: see `ScriptWords.json`.
    init(page: some PageModel, context: PageContext, assets: StaticFiles, scriptWords: String) {
        let wording = context.wording
        languageTag = wording.catalogue.language.tag
        theme = context.theme.rawValue
        textSize = context.textSize.rawValue
        nowMilliseconds = wording.now.microseconds / 1_000
        csrf = context.csrfToken
        nonce = context.nonce
        path = context.path
        userName = context.user?.name
        userInitials = context.user?.initials
        userRole = context.user?.role
        workspaceName = context.workspaceName
        isDemo = context.isDemo
        holdNotice = context.holdNotice
        flashes = context.flashes
        let badges: [NavigationSection: Int] = [.queue: context.owedCount ?? 0, .waiting: context.decisionCount ?? 0]
        navigation = NavigationEntry.main.map { NavigationEntry($0, current: page.section, badges: badges, wording: wording) }
        furtherNavigation = NavigationEntry.further.map { NavigationEntry($0, current: page.section, badges: badges, wording: wording) }
        stylesheets = Self.styleSheetNames.map { assets.url(of: "css/\($0).css") }
        script = assets.url(of: "js/app.js")
        icon = assets.url(of: "icon.svg")
        eventsPath = page.eventsPath
        singleKeys = context.singleKeysEnabled ? "on" : "off"
        self.scriptWords = scriptWords
    }

    /// In the order of the cascade; each puts its rules into its own layer.
    static let styleSheetNames = ["tokens", "base", "layout", "components", "conversation", "mail", "pages", "print"]
}

/// As much of the frame as a piece that is sent alone may use.
struct PieceChrome {
    let csrf: String
}

/// An entry of the navigation.
struct NavigationEntry {
    let path: String
    let label: String
    let isCurrent: Bool
    /// The number to show beside it; nil hides it.
    let badge: String?
    let badgeWords: String?
    /// The id of the number's element, for those sections that count.
    let badgeID: String?
    /// The id of its drawing in the icon sheet.
    let icon: String

    static let main: [NavigationSection] = [.queue, .waiting, .search]
    static let further: [NavigationSection] = [.health, .ledger, .connect, .settings, .help]

    init(_ section: NavigationSection, current: NavigationSection?, badges: [NavigationSection: Int], wording: Wording) {
        path = section == .queue ? "/" : "/\(section.rawValue)"
        label = wording.text("navigation.\(section.rawValue)")
        isCurrent = section == current
        let count = badges[section] ?? 0
        badge = count > 0 ? (count > 99 ? "99+" : String(count)) : nil
        badgeWords = count > 0 ? wording.text("navigation.badge.\(section.rawValue)", count: count) : nil
        badgeID = badges[section] == nil ? nil : "badge-\(section.rawValue)"
        icon = "icon-\(section.rawValue)"
    }
}

/// The words that the browser's own scripts say: those of clocks and of live updates.
enum ScriptWords {
    static let prefixes = ["script.", "clock.", "duration."]

    static func json(_ catalogue: Catalogue) -> String {
        let words = catalogue.entries.filter { entry in prefixes.contains { entry.key.hasPrefix($0) } }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(words) else { return "{}" }
        return String(decoding: data, as: UTF8.self).replacing("<", with: "\\u003c")
    }
}
