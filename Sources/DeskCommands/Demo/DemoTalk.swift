import DeskWeb
import ProviderSimulators

/// Who says what in the running demonstration. Decides only; `DemoStage` plays it. The same seed gives the same talk.
struct DemoTalk: Sendable {
    /// Somebody begins something new.
    struct Opening: Sendable {
        let neighbour: Neighbour
        let messages: [ContactMessage]
    }

    /// So many wait for an answer to what they began here, at most: a queue that only grows would show nothing but haste.
    private static let mostWaiting = 12

    private let neighbours: [Neighbour]
    private var random: SeededRandom
    /// What somebody still has to say, one line for each answer that they get.
    private var lines: [Neighbour: [String]]
    /// Who began something here and was not answered yet.
    private var waiting: Set<Neighbour> = []
    private var begun: [Language: Int] = [:]

    init(stories: [Story], seed: UInt64) {
        neighbours = stories.map(\.neighbour)
        random = SeededRandom(seed: seed)
        lines = Dictionary(stories.map { ($0.neighbour, $0.afterwards) }) { first, _ in first }
    }

    /// - Returns: nil when nobody has anything new to say now.
    mutating func nextOpening() -> Opening? {
        guard waiting.count < Self.mostWaiting else { return nil }
        let idle = neighbours.filter { lines[$0, default: []].isEmpty && !waiting.contains($0) }
        guard let neighbour = idle.randomElement(using: &random) else { return nil }
        let errands = Errand.all(in: neighbour.language)
        let turn = begun[neighbour.language, default: 0]
        begun[neighbour.language] = turn + 1
        let errand = errands[turn % errands.count]
        lines[neighbour] = errand.answers
        waiting.insert(neighbour)
        return Opening(neighbour: neighbour, messages: errand.opening.map { ContactMessage($0) })
    }

    /// What a neighbour says to an answer; nil if nothing more.
    mutating func answer(of neighbour: Neighbour) -> String? {
        waiting.remove(neighbour)
        guard let line = lines[neighbour]?.first else { return nil }
        lines[neighbour]?.removeFirst()
        return line
    }

    // MARK: Pauses

    mutating func pauseBeforeOpening() -> Duration { .milliseconds(Int.random(in: 20_000...60_000, using: &random)) }

    mutating func typingTime() -> Duration { .milliseconds(Int.random(in: 2_500...6_000, using: &random)) }

    /// Long enough for the second tick to turn.
    mutating func thinkingTime() -> Duration { .milliseconds(Int.random(in: 5_000...15_000, using: &random)) }
}
