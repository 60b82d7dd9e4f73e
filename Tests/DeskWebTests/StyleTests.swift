import Foundation
import Testing

@testable import DeskWeb

/// Colours have names, and what is written in them can be read.
@Suite struct StyleTests {
    private let tokens: [String: String]

    init() throws {
        let text = try #require(SourceFiles.all(under: "Resources/Static/css", ending: "tokens.css").first).text
        let pairs = text.matches(of: /--([a-z-]+):\s*([^;]+);/).map { (String($0.output.1), String($0.output.2)) }
        tokens = Dictionary(pairs) { first, _ in first }
    }

    @Test func literalColoursLiveInTheTokensOnly() throws {
        let literal = /#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|lch|lab|color-mix)\(/
        for file in try SourceFiles.all(under: "Resources/Static/css", ending: ".css") where file.path != "tokens.css" {
            #expect(file.text.firstMatch(of: literal) == nil, "\(file.path)")
        }
    }

    @Test func everyTokenThatIsUsedExists() throws {
        for file in try SourceFiles.all(under: "Resources/Static/css", ending: ".css") {
            for match in file.text.matches(of: /var\(--([a-z0-9-]+)\)/) {
                #expect(file.text.contains("--\(match.output.1):") || isDefined(match.output.1), "\(file.path): \(match.output.1)")
            }
        }
    }

    @Test(
        arguments: [Scheme.light, .dark],
        [
            ("text", "background"), ("text", "surface"), ("text", "rail"), ("text", "ours"), ("text", "note"), ("text", "contact"),
            ("text", "mark"), ("text", "burning-wash"), ("text", "warm-wash"), ("text", "pressed"), ("text-quiet", "background"),
            ("text-quiet", "surface"), ("text-quiet", "rail"), ("text-quiet", "ours"), ("text-quiet", "note"), ("text-quiet", "pressed"),
            ("text-quiet", "warm-wash"), ("link", "background"), ("link", "surface"), ("link", "ours"), ("link", "pressed"),
            ("read", "ours"),
            ("on-act", "act"), ("calm", "background"), ("calm", "surface"), ("calm", "ours"), ("warm", "warm-wash"), ("warm", "surface"),
            ("on-burning", "burning-solid"), ("burning", "background"), ("burning", "surface"), ("burning", "ours"), ("burning", "rail"),
            ("on-act", "text-quiet"), ("burning", "warm-wash"),
        ])
    func wordsCanBeRead(scheme: Scheme, pair: (String, String)) throws {
        #expect(try contrast(pair.0, pair.1, scheme) >= 4.5, "\(pair) \(scheme)")
    }

    @Test(
        arguments: [Scheme.light, .dark],
        [
            ("control", "surface"), ("control", "background"), ("focus", "background"), ("focus", "rail"), ("warm", "background"),
        ])
    func controlsCanBeSeen(scheme: Scheme, pair: (String, String)) throws {
        #expect(try contrast(pair.0, pair.1, scheme) >= 3, "\(pair) \(scheme)")
    }

    private func isDefined(_ name: Substring) -> Bool {
        (try? SourceFiles.all(under: "Resources/Static/css", ending: "tokens.css").first?.text.contains("--\(name):")) ?? false
    }

    private func contrast(_ first: String, _ second: String, _ scheme: Scheme) throws -> Double {
        let pair = [try luminance("color-\(first)", scheme), try luminance("color-\(second)", scheme)].sorted()
        return (pair[1] + 0.05) / (pair[0] + 0.05)
    }

    /// Relative luminance (WCAG 2.2) of a meaning token, through its raw token.
    private func luminance(_ name: String, _ scheme: Scheme) throws -> Double {
        let meaning = try #require(tokens[name])
        let raw = try #require(meaning.firstMatch(of: /var\(--([a-z-]+)\)/)?.output.1)
        let both = try #require(tokens[String(raw)]?.firstMatch(of: /light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/))
        let value = try #require(Int(scheme == .light ? both.output.1 : both.output.2, radix: 16))
        let channels = [value >> 16 & 255, value >> 8 & 255, value & 255].map { channel in
            let share = Double(channel) / 255
            return share <= 0.040_45 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    enum Scheme { case light, dark }
}
