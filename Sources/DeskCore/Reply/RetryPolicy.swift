/// When to try a refused message again.
package enum RetryPolicy {
    /// Calls to the provider for one approved reply, at most, before a person has to look.
    package static let maximumCalls = 8
    /// A provider may ask for any wait; nobody who waits for an answer should wait longer for a next try.
    package static let longestWait = Duration.hours(1)

    /// - Parameters:
    ///   - calls: how many have been made.
    ///   - jitter: 0 ..< 1; spreads the wait over its upper half, so that a crowd does not come back at once.
    /// - Returns: nil when trying again would not help.
    package static func wait(after failure: DeliveryFailure, calls: Int, jitter: Double) -> Duration? {
        guard failure.isRetryable, calls < maximumCalls else { return nil }
        let base = failure.class == .rate ? 4.0 : 2.0
        let exponent = min(max(0, calls - 1), 6)
        let full = min(base * Double(1 << exponent), 300)
        let spread = Duration.milliseconds(Int64(full * (500 + 500 * min(max(jitter, 0), 1))))
        return max(spread, min(failure.retryAfter ?? .zero, longestWait))
    }
}
