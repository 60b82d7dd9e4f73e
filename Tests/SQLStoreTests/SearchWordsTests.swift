import Testing

@testable import SQLStore

@Suite struct SearchWordsTests {
    @Test(arguments: [
        ("Mañana", ["manana"]), ("  a,b;c ", ["a", "b", "c"]), ("¿Cómo está?", ["como", "esta"]), ("+54 9 11-55", ["54", "9", "11", "55"]),
        ("\"x\" OR y*", ["x", "or", "y"]), ("", []), ("🎈 !!", []), ("Straße", ["straße"]), ("İstanbul", ["istanbul"]),
        ("привет", ["привет"]), ("日本", ["日本"]),
    ])
    func whatIsNoLetterAndNoDigitSeparates(_ query: String, _ words: [String]) {
        #expect(SearchWords.words(of: query) == words)
    }

    @Test func longQueriesAreCut() {
        let words = SearchWords.words(of: (1...50).map { "w\($0)" }.joined(separator: " ") + String(repeating: "x", count: 5_000))
        #expect(words.count == 8)
        #expect(SearchWords.words(of: String(repeating: "x", count: 5_000)).map(\.count) == [64])
    }

    @Test func anExcerptShowsTheFoundWord() {
        let text = String(repeating: "antes ", count: 100) + "Mañana sí " + String(repeating: "después ", count: 100)
        let excerpt = SearchWords.excerpt(of: text, around: ["manana"], length: 60)
        #expect(excerpt.contains("Mañana"))
        #expect(excerpt.count <= 62)
        #expect(excerpt.hasPrefix("…") && excerpt.hasSuffix("…"))
        #expect(SearchWords.excerpt(of: "corto", around: ["x"], length: 60) == "corto")
    }
}
