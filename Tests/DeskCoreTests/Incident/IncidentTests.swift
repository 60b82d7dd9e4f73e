import DeskCore
import Testing

@Suite struct IncidentTests {
    private static let start = Instant(unixSeconds: 1_795_176_000)

    private func deafness() -> Incident {
        Incident(
            id: .init("i"), workspace: .init("w"), inbox: .init("b"), kind: .deaf, beganAt: Self.start, endedAt: nil,
            noticedAt: Self.start + .hours(1))
    }

    @Test func endingDoesNotClearIt() {
        var incident = deafness()
        incident.end(at: Self.start + .hours(2))
        incident.end(at: Self.start + .hours(9))
        #expect(incident.endedAt == Self.start + .hours(2))
        #expect(incident.clearing == nil)
    }

    @Test(arguments: ["", "  \n", String(repeating: "a", count: 501)])
    func onlyAWordClearsIt(word: String) {
        var incident = deafness()
        #expect(throws: DeskError.self) { try incident.clear(by: .init("u"), word: word, at: Self.start) }
        #expect(incident.clearing == nil)
    }

    @Test func itIsClearedOnce() throws {
        var incident = deafness()
        try incident.clear(by: .init("u"), word: "Escribimos a todos.", at: Self.start)
        #expect(throws: DeskError.self) { try incident.clear(by: .init("v"), word: "Yo también", at: Self.start) }
        #expect(incident.clearing == Incident.Clearing(by: .init("u"), word: "Escribimos a todos.", at: Self.start))
    }
}
