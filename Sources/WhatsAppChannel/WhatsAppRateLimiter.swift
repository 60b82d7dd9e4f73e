package import DeskCore

/// Keeps one number of ours within WhatsApp's rates, so that they are not found out by refusals: 80 messages a second in all, and to
/// one contact one message in 6 seconds, where up to 45 may go at once on credit, to be waited for afterwards.
///
/// A pure state machine: time comes in, permission or a wait comes out.
/// Source: Cloud API, "Throughput" and "Pair rate limits".
package struct WhatsAppRateLimiter: Sendable {
    package enum Decision: Hashable, Sendable {
        /// Counted as sent.
        case allowed
        /// Not before this has passed.
        case wait(Duration)
    }

    private static let pairInterval = Duration.seconds(6)
    private static let burst = 45
    private static let longestBackOff = 8
    private static let pairsKept = 4_096

    private let messageInterval: Duration
    private let perSecond: Int
    /// When the credit of all messages so far would be worked off at the steady rate.
    private var numberFreeAt = Instant(microseconds: .min)
    private var pairs: [ProviderIdentity: Pair] = [:]
    private var latest = Instant(microseconds: .min)

    /// Messages to one contact since the last time that they were owed no wait.
    private struct Pair {
        var burstStart: Instant
        var count: Int
        var refusals = 0
        var blockedUntil = Instant(microseconds: .min)

        var creditEnds: Instant { burstStart + pairInterval * count }
    }

    /// - Parameter messagesPerSecond: 80 for a usual number, 20 for one that is also on the WhatsApp Business app, up to 1,000.
    package init(messagesPerSecond: Int = 80) {
        perSecond = max(1, messagesPerSecond)
        messageInterval = .seconds(1) / max(1, messagesPerSecond)
    }

    /// Whether a message may go to a contact now.
    package mutating func request(to recipient: ProviderIdentity, at now: Instant) -> Decision {
        forgetTheFuture(at: now)
        let earliest = max(earliestForPair(recipient, at: now), earliestForNumber(at: now))
        guard earliest <= now else { return .wait(earliest - now) }
        numberFreeAt = max(numberFreeAt, now) + messageInterval
        count(recipient, at: now)
        return .allowed
    }

    /// WhatsApp refused with 131056 in spite of us: the pair waits 4, 16, 64 … seconds, as Meta advises.
    package mutating func pairRefused(_ recipient: ProviderIdentity, at now: Instant) {
        var pair = pairs[recipient] ?? Pair(burstStart: now, count: 0)
        pair.refusals = min(pair.refusals + 1, Self.longestBackOff)
        pair.blockedUntil = now + (0..<pair.refusals).reduce(.seconds(1)) { wait, _ in wait * 4 }
        pairs[recipient] = pair
    }

    /// WhatsApp took a message: the next refusal starts from the shortest wait again.
    package mutating func accepted(_ recipient: ProviderIdentity) { pairs[recipient]?.refusals = 0 }

    /// How many contacts are remembered; those whose credit is worked off are forgotten from time to time.
    package var pairsRemembered: Int { pairs.count }

    /// A clock that was set back would make everybody wait for the time in which the last messages went: better to risk a refusal.
    private mutating func forgetTheFuture(at now: Instant) {
        if now + .seconds(1) < latest { (pairs, numberFreeAt) = ([:], now) }
        latest = now
    }

    private func earliestForNumber(at now: Instant) -> Instant {
        let credit = messageInterval * (perSecond - 1)
        return numberFreeAt <= now + credit ? now : numberFreeAt - credit
    }

    private func earliestForPair(_ recipient: ProviderIdentity, at now: Instant) -> Instant {
        guard let pair = pairs[recipient] else { return now }
        let isInBurst = now < pair.burstStart + Self.pairInterval && pair.count < Self.burst
        return max(pair.blockedUntil, isInBurst ? now : pair.creditEnds)
    }

    private mutating func count(_ recipient: ProviderIdentity, at now: Instant) {
        if pairs.count >= Self.pairsKept { pairs = pairs.filter { max($1.creditEnds, $1.blockedUntil) > now } }
        var pair = pairs[recipient] ?? Pair(burstStart: now, count: 0)
        if now >= pair.creditEnds {
            pair.burstStart = now
            pair.count = 0
        }
        pair.count += 1
        pairs[recipient] = pair
    }
}
