import Testing

@testable import DeskWeb

/// The three catalogues say the same things, and every thing that is said is in them.
@Suite struct CatalogueTests {
    private let catalogues: Catalogues

    init() throws { catalogues = try Catalogues() }

    @Test(arguments: [Language.english, .portuguese])
    func everyLanguageHasTheKeysOfSpanish(language: Language) {
        let spanish = Set(catalogues[.spanish].entries.keys)
        let other = Set(catalogues[language].entries.keys)
        #expect(spanish.symmetricDifference(other).sorted() == [])
    }

    @Test(arguments: Language.allCases)
    func noTextIsEmptyOrEndsInBlanks(language: Language) {
        for (key, text) in catalogues[language].entries {
            #expect(!text.isEmpty && text.first != " " && text.last != " ", "\(key)")
        }
    }

    @Test(arguments: [Language.english, .portuguese])
    func everyLanguageFillsThePlaceholdersOfSpanish(language: Language) {
        for (key, text) in catalogues[.spanish].entries {
            let other = catalogues[language].entries[key] ?? ""
            #expect(Self.placeholders(other) == Self.placeholders(text), "\(key)")
        }
    }

    @Test(arguments: Language.allCases)
    func everyPluralHasBothForms(language: Language) {
        let keys = Set(catalogues[language].entries.keys)
        for key in keys where key.hasSuffix(".one") { #expect(keys.contains(String(key.dropLast(4)) + ".other"), "\(key)") }
        for key in keys where key.hasSuffix("}.other") { #expect(keys.contains(String(key.dropLast(6)) + ".one"), "\(key)") }
    }

    @Test func everyKeyIsUsed() throws {
        let used = try UsedKeys()
        let unused = catalogues[.spanish].entries.keys.filter { !used.covers($0) }
        #expect(unused.sorted() == [])
    }

    @Test func everyUsedKeyExists() throws {
        let keys = Set(catalogues[.spanish].entries.keys)
        let missing = try UsedKeys().exact.filter { !keys.contains($0) && !keys.contains("\($0).one") }
        #expect(missing.sorted() == [])
    }

    @Test(arguments: [
        (Language.spanish, 0, "other"), (.spanish, 1, "one"), (.spanish, 2, "other"), (.english, 0, "other"), (.english, 1, "one"),
        (.portuguese, 0, "one"), (.portuguese, 1, "one"), (.portuguese, 2, "other"),
    ])
    func pluralFormFollowsTheLanguage(language: Language, count: Int, form: String) {
        #expect(PluralForm(count: count, in: language).rawValue == form)
    }

    @Test func placeholdersAreFilledAndUnknownOnesStay() {
        let catalogue = Catalogue(language: .english, entries: ["greeting": "Hello {name}, {other} {"])
        #expect(catalogue.text("greeting", ["name": "Ana {other}"]) == "Hello Ana {other}, {other} {")
    }

    @Test func anUnknownKeyIsShownAsItself() {
        #expect(catalogues[.spanish].text("no.such.key") == "no.such.key")
    }

    private static func placeholders(_ text: String) -> Set<Substring> {
        Set(text.matches(of: /\{(\w+)\}/).map(\.output.1))
    }
}
