import DeskCore
import Testing
import WhatsAppChannel

@Suite struct RateLimiterTests {
    private let start = Instant(unixSeconds: 1_789_000_000)
    private let luisa = ProviderIdentity(.phone, "34600111222")

    private func person(_ number: Int) -> ProviderIdentity { ProviderIdentity(.phone, "1555000\(number)") }

    @Test func oneContactGetsOneMessageInSixSeconds() {
        var limiter = WhatsAppRateLimiter()
        for step in 0..<20 {
            #expect(limiter.request(to: luisa, at: start + .seconds(6 * step)) == .allowed)
        }
    }

    @Test func aBurstIsBorrowedFromTheFutureAndWorkedOff() {
        var limiter = WhatsAppRateLimiter()
        for index in 0..<45 { #expect(limiter.request(to: luisa, at: start + .milliseconds(100 * index)) == .allowed) }
        let after = start + .milliseconds(4_500)
        #expect(limiter.request(to: luisa, at: after) == .wait(.seconds(45 * 6) - .milliseconds(4_500)))
        #expect(limiter.request(to: luisa, at: start + .milliseconds(269_999)) == .wait(.milliseconds(1)))
        #expect(limiter.request(to: luisa, at: start + .seconds(270)) == .allowed)
    }

    @Test func aSmallBurstOwesAsMuch() {
        var limiter = WhatsAppRateLimiter()
        for _ in 0..<3 { #expect(limiter.request(to: luisa, at: start) == .allowed) }
        #expect(limiter.request(to: luisa, at: start + .seconds(6)) == .wait(.seconds(12)))
        #expect(limiter.request(to: person(1), at: start + .seconds(6)) == .allowed)
    }

    @Test func aNumberSendsEightyASecond() {
        var limiter = WhatsAppRateLimiter()
        for index in 0..<80 { #expect(limiter.request(to: person(index), at: start) == .allowed) }
        #expect(limiter.request(to: person(80), at: start) == .wait(.microseconds(12_500)))
        #expect(limiter.request(to: person(80), at: start + .microseconds(12_500)) == .allowed)
        #expect(limiter.request(to: person(81), at: start + .microseconds(12_500)) == .wait(.microseconds(12_500)))
    }

    @Test func aClockThatIsSetBackStopsNobody() {
        var limiter = WhatsAppRateLimiter()
        for _ in 0..<45 { #expect(limiter.request(to: luisa, at: start) == .allowed) }
        limiter.pairRefused(luisa, at: start)
        let setBack = start - .seconds(3_600)
        #expect(limiter.request(to: luisa, at: setBack) == .allowed)
        #expect(limiter.request(to: luisa, at: setBack - .milliseconds(900)) == .allowed)
        #expect(limiter.request(to: luisa, at: setBack + .seconds(6)) == .wait(.seconds(6)))
    }

    @Test func aRefusedRequestCountsForNothing() {
        var limiter = WhatsAppRateLimiter(messagesPerSecond: 1)
        #expect(limiter.request(to: luisa, at: start) == .allowed)
        for _ in 0..<5 { #expect(limiter.request(to: person(1), at: start) == .wait(.seconds(1))) }
        #expect(limiter.request(to: person(1), at: start + .seconds(1)) == .allowed)
    }

    @Test func refusalsOfAPairWaitFourTimesAsLongEachTime() {
        var limiter = WhatsAppRateLimiter()
        var now = start
        for wait in [4, 16, 64, 256] {
            limiter.pairRefused(luisa, at: now)
            #expect(limiter.request(to: luisa, at: now) == .wait(.seconds(wait)))
            #expect(limiter.request(to: person(wait), at: now) == .allowed)
            now = now + .seconds(wait)
            #expect(limiter.request(to: luisa, at: now) == .allowed)
        }
        limiter.accepted(luisa)
        limiter.pairRefused(luisa, at: now)
        #expect(limiter.request(to: luisa, at: now) == .wait(.seconds(4)))
    }

    @Test func thePairOfALongDayStaysBounded() {
        var limiter = WhatsAppRateLimiter(messagesPerSecond: 1_000)
        for index in 0..<20_000 {
            #expect(limiter.request(to: person(index), at: start + .milliseconds(10 * index)) == .allowed)
        }
        #expect(limiter.pairsRemembered <= 5_000)
    }
}
