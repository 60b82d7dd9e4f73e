package import DeskCore

/// The clock of somebody who waits: the only thing on screen with a strong colour, and always with words as well.
package struct WaitClock: PartialModel {
    package static let template = "partials.clock"

    /// How near the end is. The raw value is the style's modifier.
    package enum Level: String, Sendable {
        case calm, warm, burning
    }

    package let level: String
    package let isBurning: Bool
    /// "vence en 3 min" or "venció hace 20 min".
    package let dueWords: String
    /// "espera hace 12 min".
    package let waitingWords: String
    /// How much of the time has gone, 0 to 100, for the dial.
    package let percent: Int
    /// Milliseconds since 1970, from which the browser keeps the words true.
    package let sinceMilliseconds: Int64
    package let dueMilliseconds: Int64

    /// - Parameters:
    ///   - since: when the contact wrote what is still owed, by the provider's time.
    ///   - due: when the answer is due.
    package init(since: Instant, due: Instant, wording: Wording) {
        let waited = wording.now - since
        let left = due - wording.now
        let level = Self.level(waited: waited, left: left)
        self.level = level.rawValue
        isBurning = level == .burning
        waitingWords = wording.text("clock.waiting", ["duration": wording.duration(waited)])
        dueWords =
            left < .zero
            ? wording.text("clock.overdue", ["duration": wording.duration(.zero - left)])
            : wording.text("clock.due", ["duration": wording.duration(left)])
        percent = Self.percent(waited: waited, left: left)
        sinceMilliseconds = since.microseconds / 1_000
        dueMilliseconds = due.microseconds / 1_000
    }

    /// Calm in the first half of the time allowed, burning in the last sixth and ever after.
    static func level(waited: Duration, left: Duration) -> Level {
        switch percent(waited: waited, left: left) {
        case ..<50: .calm
        case ..<84: .warm
        default: .burning
        }
    }

    private static func percent(waited: Duration, left: Duration) -> Int {
        let allowed = waited + left
        guard allowed > .zero, left > .zero else { return 100 }
        return min(100, max(0, Int((waited / allowed) * 100)))
    }
}
