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
    }

    private let longestQueue: Int
    private let state: Mutex<State>
    private let bell = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - width: how many connections there are; each is made with its first work.
    ///   - longestQueue: work that may wait; more is refused, so that memory stays bounded.
    init(_ name: String, width: Int, longestQueue: Int, open: @escaping @Sendable () -> PostgresConnection) {
        self.longestQueue = longestQueue
        state = Mutex(State(running: width))
        for number in 0..<width {
            let thread = Thread { [self] in work(on: open()) }
            thread.name = "contesta \(name) \(number)"
            thread.start()
        }
    }

    /// - Throws: `storage_unavailable` when too much waits already, or the lane is closed.
    func schedule(_ work: @escaping Work) throws(DeskError) {
        let refusal: DeskError? = state.withLock { state in
            if state.isClosed { return .storageUnavailable("the program is stopping.") }
            guard state.waiting.count < longestQueue else { return .storageUnavailable("too much waits for the database already.") }
            state.waiting.append(work)
            return nil
        }
        if let refusal { throw refusal }
        bell.signal()
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

    private func work(on connection: PostgresConnection) {
        while let work = next() { work(connection) }
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
