import DeskServices
import Synchronization

/// The program is gone, and with it the connection of whoever was talking to it. Nobody knows how far it got.
struct ProgramGone: Error {}

/// The program from one start to its sudden end. When it is dead, whatever still runs of it can change nothing any more: its store,
/// its clock and its way to the providers all know.
final class Life: Sendable {
    /// Rung at the end.
    let death = Doorbell()
    private let alive = Mutex(true)
    private let story: Story

    init(_ story: Story) { self.story = story }

    var isAlive: Bool { alive.withLock { $0 } }

    func requireAlive() throws {
        guard isAlive else { throw ProgramGone() }
    }

    func die(_ place: @autoclosure () -> String) {
        let wasAlive = alive.withLock { alive in
            defer { alive = false }
            return alive
        }
        guard wasAlive else { return }
        story.tell("✗ the program dies \(place())")
        death.ring()
    }
}
