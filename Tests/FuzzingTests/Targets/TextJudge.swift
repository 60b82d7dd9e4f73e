import DeskCore

@testable import DeskServer
@testable import DeskWeb

/// What people write.
enum TextJudge {
    /// What is covered once is covered; what is taken apart to be shown is still all there; what is a reaction is one.
    static func text(_ bytes: [UInt8]) throws {
        let text = bytes.asText
        let covered = Mask.text(text)
        try Broken.unless(covered.count == text.count, "covering changed a text's length")
        for data in PersonalData.find(in: text) where data.kind != .email {
            let shown = Array(covered)[data.range].count { $0.isNumber || $0.isLetter }
            try Broken.unless(shown <= 4, "\(shown) signs of a number are left")
        }
        let beginning = Mask.beginning(text)
        try Broken.unless(beginning.count <= text.count, "the beginning of a text is longer than it")
        try Broken.unless(TextRun.runs(of: text).allSatisfy { $0.url.map(isOfTheWeb) ?? true }, "a link leads out of the web")
        _ = CommaSeparated.text([[text]])
    }

    private static func isOfTheWeb(_ url: String) -> Bool {
        ["https://", "http://", "mailto:", "tel:"].contains { url.lowercased().hasPrefix($0) }
    }

    /// A time that is read can be written, and reads as itself: since there is the calendar in which it is written, in years of four digits.
    static func time(_ bytes: [UInt8]) throws {
        guard let instant = Instant(timestamp: bytes.asText) else { return }
        try Broken.unless((20...35).contains(bytes.count), "a time of \(bytes.count) bytes")
        guard let first = Instant(timestamp: "1600-01-01T00:00:00Z"), let last = Instant(timestamp: "9999-12-30T00:00:00Z") else {
            throw Broken("the edges of the calendar can't be read")
        }
        guard (first...last).contains(instant) else { return }
        let written = instant.timestamp
        guard let again = Instant(timestamp: written) else { throw Broken("a time can't be read that was written: \(written)") }
        try Broken.unless(abs(again.microseconds - instant.microseconds) < 1_000, "\(written) is another time")
    }
}
