import DeskCore
import Logging
import Synchronization

/// What happened, line by line, for whoever has to understand a seed.
final class Story: Sendable {
    private let lines = Mutex<[String]>([])
    private let time: SimulatedTime
    private let isKept: Bool

    /// - Parameter isKept: false writes nothing, which is quicker.
    init(_ time: SimulatedTime, isKept: Bool) {
        self.time = time
        self.isKept = isKept
    }

    var text: [String] { lines.withLock { $0 } }

    func tell(_ line: @autoclosure () -> String) {
        guard isKept else { return }
        let line = Self.stamp(time.now() - SimulatedTime.beginning) + "  " + line()
        lines.withLock { $0.append(line) }
    }

    private static func stamp(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMicroseconds / 1_000
        let parts = [milliseconds / 3_600_000, milliseconds / 60_000 % 60, milliseconds / 1_000 % 60]
        return parts.map { padded($0, 2) }.joined(separator: ":") + "." + padded(milliseconds % 1_000, 3)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Lets the desk's own log stand in the story.
struct StoryLog: LogHandler {
    let story: Story
    let life: Life
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    /// - Parameter life: what it writes after its death is not told.
    init(_ story: Story, of life: Life) {
        self.story = story
        self.life = life
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard life.isAlive else { return }
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        story.tell("      log: \(event.message) \(details.joined(separator: " "))")
    }
}
