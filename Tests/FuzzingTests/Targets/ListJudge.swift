import DeskCore
import Foundation

@testable import DeskServer
@testable import SQLStore

/// What people look for in lists, and where they go on.
enum ListJudge {
    /// What is taken for a place of a list is one that this list would give; the other lists refuse it.
    static func cursor(_ bytes: [UInt8]) throws {
        let lists: [Cursor.List] = [.owed, .promised, .active, .search, .readings]
        let places = lists.compactMap { list in try? Cursor(bytes.asText, of: list) }
        try Broken.unless(places.count <= 1, "a place belongs to \(places.count) lists")
        for place in places {
            try Broken.unless(try Cursor(place.text, of: place.list) == place, "a place is another one when it is given back")
        }
    }

    /// Words are few and short, are found in the text that they are of, and an excerpt is a part of its text.
    static func search(_ bytes: [UInt8]) throws {
        let (query, rest) = bytes.headAndRest
        let (words, text) = (SearchWords.words(of: query), rest.asText)
        try Broken.unless(words.count <= 8 && words.allSatisfy { (1...64).contains($0.unicodeScalars.count) }, "words are many or long")
        try Broken.unless(SearchWords.areFound(words, in: query), "words are not found where they stand")
        try Broken.unless(Set(words).isSubset(of: SearchWords.allWords(in: query)), "a word is looked for that is not kept")
        try Broken.unless(!SearchWords.areFound(words, in: "") || words.isEmpty, "words are found in nothing")
        let excerpt = SearchWords.excerpt(of: text, around: words, length: 240)
        try Broken.unless(excerpt.count <= 242, "an excerpt has \(excerpt.count) characters")
        _ = SearchWords.areFound(words, in: text)
    }
}
