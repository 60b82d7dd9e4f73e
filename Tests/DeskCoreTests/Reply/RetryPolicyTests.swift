import DeskCore
import Testing

/// When to try a refused message again.
struct RetryPolicyTests {
    private static let retryable: [DeliveryFailure.Class] = [.transient, .rate]

    @Test(arguments: DeliveryFailure.Class.allCases)
    func onlyAStumbleAndHasteAreWorthARetry(class: DeliveryFailure.Class) {
        let isRetryable = Self.retryable.contains(`class`)
        #expect(Sample.failure(`class`).isRetryable == isRetryable)
        #expect((RetryPolicy.wait(after: Sample.failure(`class`), calls: 1, jitter: 0) != nil) == isRetryable)
    }

    @Test(arguments: [(1, 1, 2), (2, 2, 4), (3, 4, 8), (4, 8, 16), (5, 16, 32), (6, 32, 64), (7, 64, 128)])
    func waitsTwiceAsLongEachTimeSpreadOverTheUpperHalf(calls: Int, least: Int, most: Int) {
        let failure = Sample.failure(.transient)
        #expect(RetryPolicy.wait(after: failure, calls: calls, jitter: 0) == .seconds(least))
        #expect(RetryPolicy.wait(after: failure, calls: calls, jitter: 1) == .seconds(most))
    }

    @Test(arguments: 1..<RetryPolicy.maximumCalls)
    func waitsLongerWhereWeWereTooFast(calls: Int) throws {
        let haste = try #require(RetryPolicy.wait(after: Sample.failure(.rate), calls: calls, jitter: 0.3))
        let stumble = try #require(RetryPolicy.wait(after: Sample.failure(.transient), calls: calls, jitter: 0.3))
        #expect(haste > stumble)
        #expect(haste <= .minutes(5))
    }

    @Test(arguments: retryable)
    func givesUpAfterTheLastCall(class: DeliveryFailure.Class) {
        let failure = Sample.failure(`class`)
        #expect(RetryPolicy.wait(after: failure, calls: RetryPolicy.maximumCalls - 1, jitter: 0) != nil)
        #expect(RetryPolicy.wait(after: failure, calls: RetryPolicy.maximumCalls, jitter: 0) == nil)
        #expect(RetryPolicy.wait(after: failure, calls: RetryPolicy.maximumCalls + 1, jitter: 0) == nil)
    }

    @Test func waitsAsLongAsTheProviderAsksWithinReason() {
        var failure = Sample.failure(.rate)
        failure.retryAfter = .seconds(90)
        #expect(RetryPolicy.wait(after: failure, calls: 1, jitter: 0) == .seconds(90))

        failure.retryAfter = .hours(9)
        #expect(RetryPolicy.wait(after: failure, calls: 1, jitter: 0) == RetryPolicy.longestWait)

        failure.retryAfter = .seconds(1)
        #expect(RetryPolicy.wait(after: failure, calls: 1, jitter: 0) == .seconds(2))
    }

    @Test(arguments: [-5.0, 0, 1, 7, .infinity])
    func chanceOutsideItsRangeIsBroughtBackIntoIt(jitter: Double) throws {
        let wait = try #require(RetryPolicy.wait(after: Sample.failure(.transient), calls: 1, jitter: jitter))
        #expect(wait >= .seconds(1) && wait <= .seconds(2))
    }
}
