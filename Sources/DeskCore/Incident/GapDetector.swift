/// Tells silence from deafness: whether an inbox may have missed something. Pure; the caller has the clock and the records.
package enum GapDetector {
    /// A stretch that somebody should know of.
    package struct Gap: Hashable, Sendable {
        package let kind: Incident.Kind
        package let beganAt: Instant
        /// Nil while it goes on.
        package let endedAt: Instant?

        package init(_ kind: Incident.Kind, from beganAt: Instant, to endedAt: Instant?) {
            self.kind = kind
            self.beganAt = beganAt
            self.endedAt = endedAt
        }
    }

    /// A program that was away for less than this was merely started anew.
    package static let shortestStop = Duration.minutes(3)
    /// However busy an inbox is, people sleep: less silence than this means nothing.
    package static let shortestSilence = Duration.hours(12)
    /// A silence may be this many times as long as the longest usual one.
    private static let tolerance = 3
    /// With fewer pauses than this nothing can be called usual.
    private static let fewestPauses = 8

    /// What a stop of the program means to an inbox.
    /// - Parameters:
    ///   - lastPulse: when the program was last known to run.
    ///   - start: when it ran again.
    ///   - horizon: how long the channel's provider goes on trying to deliver.
    /// - Returns: nil for a stop too short to tell of, and for a clock that went back.
    package static func stop(lastPulse: Instant, start: Instant, horizon: Duration) -> Gap? {
        let length = start - lastPulse
        guard length >= shortestStop else { return nil }
        return Gap(length > horizon ? .deaf : .stopped, from: lastPulse, to: start)
    }

    /// Whether a channel has been silent for too long while the program was there to listen.
    /// - Parameters:
    ///   - signs: when the provider called, newest first, as far back as is known.
    ///   - runningSince: since when the program has listened.
    ///   - horizon: how long the channel's provider goes on trying to deliver.
    /// - Returns: nil for a channel that never called: it has yet to be connected.
    package static func silence(signs: [Instant], runningSince: Instant, now: Instant, horizon: Duration) -> Gap? {
        guard let last = signs.first else { return nil }
        guard now - max(last, runningSince) > allowedSilence(signs: signs, horizon: horizon) else { return nil }
        return Gap(.deaf, from: last, to: nil)
    }

    /// The provider's horizon, or less where the inbox usually hears much more often.
    static func allowedSilence(signs: [Instant], horizon: Duration) -> Duration {
        let pauses = zip(signs, signs.dropFirst()).map { $0 - $1 }
        guard pauses.count >= fewestPauses, let longest = pauses.max() else { return horizon }
        return min(horizon, max(shortestSilence, longest * tolerance))
    }
}
