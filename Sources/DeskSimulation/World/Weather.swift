import Synchronization

/// How bad things are. Each number says that the trouble comes once in so many times; 0 is never.
struct Climate: Sendable, Hashable {
    /// The program dies at the edge of a transaction: before it, within it, or after its commit.
    var deathsAtTransactions = 0
    /// The program dies at a fault point of the code.
    var deathsAtFaultPoints = 0
    /// The disk refuses a write before it begins.
    var refusedWrites = 0
    /// A transaction fails after all of its work was done.
    var failedCommits = 0
    /// A call to the provider ends in another way than well.
    var callTroubles = 0
    /// The channel's rate is used up.
    var waits = 0
    /// A webhook is held up for minutes.
    var lateWebhooks = 0
    /// A webhook is delivered once more, though it was acknowledged.
    var repeatedWebhooks = 0
    /// The provider hangs up before it reads our answer.
    var lostAnswers = 0
    /// Somebody's hand in the database: the recipient of a reply that waits is changed.
    var tampering = 0
    /// A member's access is taken away for a while.
    var revocations = 0

    static let calm = Climate()

    /// Each seed has a climate of its own: some troubles never, some now and then, some all the time.
    static func any(_ dice: Dice) -> Climate {
        func severity(_ rare: Int, _ often: Int) -> Int { dice.pick([0, rare, rare, often]) ?? 0 }
        return Climate(
            deathsAtTransactions: severity(120, 30), deathsAtFaultPoints: severity(60, 12), refusedWrites: severity(60, 12),
            failedCommits: severity(60, 15), callTroubles: severity(5, 2), waits: severity(10, 3), lateWebhooks: severity(10, 3),
            repeatedWebhooks: severity(8, 3), lostAnswers: severity(12, 5), tampering: severity(0, 5), revocations: severity(0, 25))
    }

    var words: String {
        let parts: [(String, Int)] = [
            ("deaths at transactions", deathsAtTransactions), ("deaths at fault points", deathsAtFaultPoints),
            ("refused writes", refusedWrites), ("failed commits", failedCommits), ("call troubles", callTroubles), ("rate waits", waits),
            ("late webhooks", lateWebhooks), ("repeated webhooks", repeatedWebhooks), ("lost answers", lostAnswers),
            ("tampering", tampering), ("revocations", revocations),
        ]
        let troubles = parts.filter { $0.1 > 0 }.map { "\($0.0) 1/\($0.1)" }
        return troubles.isEmpty ? "calm" : troubles.joined(separator: ", ")
    }
}

/// Decides, from the seed, when trouble comes.
final class Weather: Sendable {
    private let climate: Mutex<Climate>
    private let dice: Dice

    init(_ climate: Climate, _ dice: Dice) {
        self.climate = Mutex(climate)
        self.dice = dice
    }

    func brings(_ trouble: KeyPath<Climate, Int>) -> Bool {
        dice.happens(oneIn: climate.withLock { $0[keyPath: trouble] })
    }

    /// From now on nothing goes wrong any more.
    func clear() { climate.withLock { $0 = .calm } }
}
