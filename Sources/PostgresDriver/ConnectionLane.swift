import DeskCore
import Dispatch
import Foundation
import SQLStore
import Synchronization

/// Work for one or more connections, each on a thread of its own: libpq waits where it is called, and must not make anybody else wait.
final class ConnectionLane: Sendable {
    typealias Work = @Sendable (PostgresConnection) -> Void

    private struct State {
        var waiting: [Work] = []
        var isClosed = false
        var running: Int
        var closers: [CheckedContinuation<Void, Never>] = []
        /// When each connection that has work got it.
        var turns: [Int: ContinuousClock.Instant] = [:]
    }

    private let width: Int
    private let longestQueue: Int
    private let longestTurn: Duration?
    private let state: Mutex<State>
    private let bell = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - width: how many connections there are; each is made with its first work.
    ///   - longestQueue: work that may wait; more is refused, so that memory stays bounded.
    ///   - longestTurn: while every connection has been at one piece of work for longer, more is refused at once, since it would wait in
    ///     vain; nil for no such limit.
    init(_ name: String, width: Int, longestQueue: Int, longestTurn: Duration? = nil, open: @escaping @Sendable () -> PostgresConnection) {
        (self.width, self.longestQueue, self.longestTurn) = (width, longestQueue, longestTurn)
        state = Mutex(State(running: width))
        for number in 0..<width {
            let thread = Thread { [self] in work(on: open(), number) }
            thread.name = "contesta \(name) \(number)"
            thread.start()
        }
    }

    /// - Throws: `storage_unavailable` when too much waits already, nobody answers, or the lane is closed.
    func schedule(_ work: @escaping Work) throws(DeskError) {
        let refusal: DeskError? = state.withLock { state in
            let refusal = self.refusal(state)
            if refusal == nil { state.waiting.append(work) }
            return refusal
        }
        if let refusal { throw refusal }
        bell.signal()
    }

    /// Why no more work can be taken now; nil when it can.
    private func refusal(_ state: State) -> DeskError? {
        if state.isClosed { return .storageUnavailable("the program is stopping.") }
        if state.waiting.count >= longestQueue { return .storageUnavailable("too much waits for the database already.") }
        guard let longestTurn, state.turns.count == width, let newest = state.turns.values.max() else { return nil }
        return ContinuousClock.now - newest > longestTurn ? PostgresFailure.silence : nil
    }

    /// Lets what waits be done, and returns when every connection is closed.
    func close() async {
        await withCheckedContinuation { continuation in
            let running = state.withLock { state in
                state.isClosed = true
                if state.running > 0 { state.closers.append(continuation) }
                return state.running
            }
            for _ in 0..<running { bell.signal() }
            if running == 0 { continuation.resume() }
        }
    }

    /// Ends it without waiting for the end.
    func abandon() {
        let running = state.withLock { state in
            state.isClosed = true
            return state.running
        }
        for _ in 0..<running { bell.signal() }
    }

    private func work(on connection: PostgresConnection, _ number: Int) {
        while let work = next() {
            state.withLock { $0.turns[number] = .now }
            work(connection)
            state.withLock { $0.turns[number] = nil }
        }
        let closers = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    /// Waits for work; nil when there will be none.
    private func next() -> Work? {
        while true {
            bell.wait()
            let (work, isClosed): (Work?, Bool) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
            }
            if let work { return work }
            if isClosed { return nil }
        }
    }
}
