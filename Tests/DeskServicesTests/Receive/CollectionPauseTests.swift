import DeskCore
import Testing

@testable import DeskServices

/// How soon a provider is asked again that failed: neither stormed nor forgotten.
struct CollectionPauseTests {
    private let cut = CollectionFailure("The line was cut.", isTransient: true)

    @Test func aServerThatIsAwayIsAskedMoreAndMoreSeldom() {
        var pause = CollectionPause()
        let pauses = (0..<11).map { _ in pause.after(cut, lasted: .seconds(1), hasLooked: false) }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map { .seconds($0) })
    }

    @Test func aServerWhoseLinesDoNotLastIsNeverLeftAloneForLong() {
        var pause = CollectionPause()
        let pauses = (0..<7).map { _ in pause.after(cut, lasted: .seconds(3), hasLooked: true) }
        #expect(pauses == [1, 2, 4, 8, 15, 15, 15].map { .seconds($0) })
    }

    @Test func whoeverWasThereAgainForALittleIsNotMadeToPayForTheNight() {
        var pause = CollectionPause()
        for _ in 0..<20 { _ = pause.after(cut, lasted: .seconds(1), hasLooked: false) }
        #expect(pause.after(cut, lasted: .seconds(3), hasLooked: true) == .seconds(15))
        #expect(pause.after(cut, lasted: .seconds(301), hasLooked: true) == .seconds(1))
    }

    @Test func whatOnlyAPersonCanMendIsNotTriedAgainAndAgain() {
        var pause = CollectionPause()
        let refused = CollectionFailure("The password is wrong.", isTransient: false)
        #expect(pause.after(refused, lasted: .seconds(1), hasLooked: true) == .seconds(900))
        #expect(pause.after(cut, lasted: .seconds(1), hasLooked: false) == .seconds(1))
    }
}
