import DeskCore
import Foundation
import Testing

@testable import DeskWeb

@Suite struct RenderingTests {
    private let renderer: PageRenderer

    init() throws { renderer = try PageRenderer() }

    private func gallery(_ language: Language = .spanish) -> Gallery { Gallery(language: language, catalogues: renderer.catalogues) }

    @Test(arguments: Language.allCases)
    func everyPageRendersInEveryLanguage(language: Language) throws {
        let gallery = gallery(language)
        for (name, page) in gallery.pages {
            let html = try renderer.render(page, context: gallery.context())
            #expect(html.hasPrefix("<!doctype html>\n<html lang=\"\(language.tag)\""), "\(name)")
            #expect(html.hasSuffix("</html>"), "\(name)")
            #expect(html.matches(of: /<h1[ >]/).count == 1, "\(name)")
            #expect(html.firstMatch(of: /\{\{|\}\}|Optional\(|\bnil\b/) == nil, "\(name)")
            #expect(html.firstMatch(of: />(?:[a-z][A-Za-z]*\.)+[a-zA-Z]+</) == nil, "\(name)")
        }
    }

    @Test func everyPieceIsOneElement() throws {
        for (name, partial) in gallery().partials {
            let html = try renderer.renderPartial(partial, context: gallery().context())
            let tag = try #require(html.firstMatch(of: /^<([a-z]+)/)?.output.1, "\(name)")
            #expect(html.hasSuffix("</\(tag)>"), "\(name)")
        }
    }

    @Test func everyIdOccursOnceOnAPage() throws {
        for (name, page) in gallery().pages where name != "conversation-kinds" {
            let html = try renderer.render(page, context: gallery().context())
            let ids = html.matches(of: /\sid="([^"]*)"/).map(\.output.1)
            #expect(Set(ids).count == ids.count, "\(name)")
        }
    }

    @Test func everyFormThatChangesSomethingCarriesTheToken() throws {
        for (name, page) in gallery().pages {
            let html = try renderer.render(page, context: gallery().context())
            for form in html.matches(of: /<form[^>]*method="post"[^>]*>\n?(.{0,60})/) {
                #expect(form.output.1.hasPrefix("<input type=\"hidden\" name=\"csrf\" value=\"sample-csrf\">"), "\(name): \(form.output.0)")
            }
        }
    }

    @Test func hostileWordsStayWords() throws {
        let hostile = "<script>alert(1)</script>\"'&{{chrome.csrf}}{{{t.layout.skip}}}"
        let bubble = MessageBubble(
            id: "x", direction: .outbound(authorName: hostile), content: MessageContent(kind: .text, text: hostile),
            sentAt: Gallery.now, languageTag: hostile, quote: Quote(author: hostile, snippet: hostile, path: hostile),
            changes: .init(reactions: [ReactionView(emoji: hostile, authorName: hostile, wording: gallery().wording)]),
            wording: gallery().wording)
        let html = try renderer.renderPartial(bubble, context: gallery().context())
        #expect(!html.contains("<script"))
        #expect(!html.contains("sample-csrf"))
        #expect(!html.contains("\"'"))
        #expect(html.contains("{{chrome.csrf}}"))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test func aDraftKeepsItsLinesAsTheyAre() throws {
        let draft = "Hola:\n  dos espacios\n\nfin\n"
        let html = try renderer.renderPartial(gallery().composer(draft: draft), context: gallery().context())
        #expect(html.contains(">\(draft)</textarea>"))
    }

    @Test func anAbsentFieldOfAPieceIsNotTakenFromThePageAround() throws {
        let html = try renderer.render(gallery().conversationPage(composer: gallery().composer()), context: gallery().context())
        #expect(html.matches(of: /class="quote"/).count == 1)
    }

    @Test func wordsForScriptsCannotCloseTheirElement() throws {
        let catalogue = Catalogue(language: .spanish, entries: ["script.a": "</script><b>", "queue.more": "no"])
        #expect(ScriptWords.json(catalogue) == #"{"script.a":"\u003c\/script>\u003cb>"}"#)
    }

    @Test func aPatchIsOneLineOfJSON() throws {
        let patch = LivePatch(target: "timeline", html: "<li>\n</li>", place: .insertSorted, announcement: nil)
        #expect(try patch.data() == #"{"html":"<li>\n</li>","place":"insert-sorted","target":"timeline"}"#)
    }

    @Test func cardsAreOrderedOwedFirstThenNewest() throws {
        let cards = gallery().cards
        #expect(cards.map(\.sortKey) == cards.map(\.sortKey).sorted())
    }
}
