import DeskCore
import Testing

@testable import DeskServer

@Suite struct TimestampTests {
    @Test(arguments: ["2026-05-04T09:00:00Z", "2026-05-04T09:00:00.000Z", "2026-05-04T11:00:00+02:00", "2026-05-04T04:00:00.0-05:00"])
    func aTimeIsReadInEveryFormOfItsStandard(text: String) {
        #expect(Instant(timestamp: text) == Instant(unixSeconds: 1_777_885_200))
    }

    @Test func everyMillisecondIsWrittenAsItself() {
        for milliseconds in Int64(0)..<1_000 {
            let instant = Instant(microseconds: 1_777_885_200_000_000 + milliseconds * 1_000)
            #expect(instant.timestamp.hasPrefix("2026-05-04T09:00:00."))
            #expect(Instant(timestamp: instant.timestamp) == instant)
        }
        #expect(Instant(microseconds: -1).timestamp == "1969-12-31T23:59:59.999Z")
    }

    @Test(arguments: [
        "", "26-05-04T09:00:00Z", "12026-05-04T09:00:00Z", "2026-05-04T09:00:006Z", "2026-05-04T9:00:00Z", "2026-05-04 09:00:00Z",
        "2026-05-04T09:00:00", "2026-05-04T09:00:00.Z", "2026-05-04T09:00:00.1234567890Z", "2026-05-04T09:00:00Zx", "2026-05-04", "now",
        "2026-05-04T09:00:00+0200", "٢٠٢٦-05-04T09:00:00Z", "2026-13-04T09:00:00Z",
        "2026-05-04T24:00:00Z", "2026-05-04T57:00:00Z", "2026-05-04T09:60:00Z", "2026-05-04T09:00:61Z",
    ])
    func whatOnlyLooksLikeOneIsNone(text: String) {
        #expect(Instant(timestamp: text) == nil)
    }
}
