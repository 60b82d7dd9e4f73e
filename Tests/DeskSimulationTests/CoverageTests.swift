import DeskServices
import DeskSimulation
import Testing

/// What the seeds of a test run come through: a trouble that never comes is a protection that nobody tries.
struct CoverageTests {
    private static let story = (1...100 as ClosedRange<UInt64>).flatMap { seed in
        DeskSimulation(.init(seed: seed, tellsStory: true)).run().story
    }

    @Test(arguments: FaultPoint.allCases)
    func theProgramDiesAtEveryFaultPoint(point: FaultPoint) {
        #expect(Self.story.contains { $0.hasSuffix("✗ the program dies at \(point.rawValue)") })
    }

    @Test(arguments: [
        "dies before a transaction", "dies before a commit", "dies after a commit", "(answerLost)", "(requestLost)", "(arrivesLate)",
        "(refusedForNow)", "(tooFast)", "(refusedContact)", "(accountBlocked)", "(brokenAnswer)", "stale_conversation", "recorded before",
        "reply_window_closed", "already_sent", "loses access", "changes the recipient", "decides was_sent", "decides send_again",
        "says no answer needed", "takes back", "hurries", "tends to", "answers Marta from the phone", "half of it unreadable",
        "event quarantined", "not acknowledged", ", and promises", ", as promised", "settles what", "late obligations were escalated",
        "takes another number", "puts a thumb on", "takes the thumb from",
    ])
    func everyTroubleComes(words: String) {
        #expect(Self.story.contains { $0.contains(words) })
    }
}
