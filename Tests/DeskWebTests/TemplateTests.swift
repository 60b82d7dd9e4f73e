import Testing

@testable import DeskWeb

/// Templates are read by reflection, so a misspelt tag would quietly render nothing. These tests make it loud.
@Suite struct TemplateTests {
    private let templates: [String: TemplateOutline]
    private let gallery: Gallery
    private let chromeNames: Set<String>

    init() throws {
        var templates: [String: TemplateOutline] = [:]
        for file in try SourceFiles.all(under: "Resources/Templates", ending: ".mustache") {
            templates[TemplateLibrary.name(of: file.path)] = try TemplateOutline(file.text)
        }
        self.templates = templates
        gallery = Gallery(language: .spanish, catalogues: try Catalogues())
        let chrome = Chrome(page: HelpPage(), context: gallery.context(), assets: try StaticFiles(), scriptWords: "")
        chromeNames = Set(Mirror(reflecting: chrome).children.compactMap(\.label)).union(["icons"])
    }

    @Test func everyTagIsAPropertyOfItsViewModel() {
        let inPages = TagChecker(templates: templates, chromeNames: chromeNames)
        for (name, page) in gallery.pages { #expect(inPages.problems(of: page, template: type(of: page).template) == [], "\(name)") }
    }

    @Test func everyTagOfAPieceIsThereWhenItIsSentAlone() {
        let alone = TagChecker(templates: templates, chromeNames: ["csrf", "icons"])
        for (name, partial) in gallery.partials {
            #expect(alone.problems(of: partial, template: type(of: partial).template) == [], "\(name)")
        }
    }

    @Test func everyTemplateIsReachedByTheGallery() {
        var reached: Set<String> = []
        var open = gallery.pages.map { type(of: $0.page).template } + gallery.partials.map { type(of: $0.partial).template }
        while let name = open.popLast() {
            if reached.insert(name).inserted { open += templates[name]?.partialNames ?? [] }
        }
        #expect(Set(templates.keys).subtracting(reached).sorted() == [])
    }

    @Test func onlyOurOwnJSONGoesInUnescaped() {
        let unescaped = templates.flatMap { name, outline in outline.unescapedTags.map { "\(name): \($0)" } }
        #expect(unescaped == ["partials.head: chrome.scriptWords"])
    }

    @Test func noTemplateHoldsCopyOfItsOwn() throws {
        let allowed: Set<String> = ["Contesta", "Enter", "Shift", "script/server --demo", "developers.facebook.com/apps"]
        for file in try SourceFiles.all(under: "Resources/Templates", ending: ".mustache") {
            for words in TemplateOutline.copy(in: file.text) where words.count > 1 && !allowed.contains(words) {
                Issue.record("\(file.path): \(words)")
            }
        }
    }

    @Test func noTemplateHoldsInlineHandlersOrStyles() throws {
        for file in try SourceFiles.all(under: "Resources/Templates", ending: ".mustache") {
            #expect(file.text.firstMatch(of: /\s(?:on[a-z]+|style)="/) == nil, "\(file.path)")
            #expect(file.text.firstMatch(of: /<style|<script(?! type="application\/json"| type="module" nonce)/) == nil, "\(file.path)")
        }
    }
}
