import DeskCore
import Foundation
import SQLStore
import Synchronization

/// Wakes a thread that waits for a socket, and tells others when the thread has ended.
final class ThreadBell: Sendable {
    private struct State {
        var isClosed = false
        var isRunning = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let readingEnd: Int32
    private let writingEnd: Int32
    private let state = Mutex(State())

    init() throws(DeskError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .storageUnavailable("the program has too many files open.") }
        (readingEnd, writingEnd) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        Foundation.close(readingEnd)
        Foundation.close(writingEnd)
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func ring() {
        var byte: UInt8 = 1
        // A full pipe has rung already.
        _ = write(writingEnd, &byte, 1)
    }

    /// Waits until it rings, or there is something to read at the socket.
    /// - Returns: whether it has rung.
    func wait(for socket: Int32) -> Bool { wait(for: [readingEnd, socket], milliseconds: -1) }

    /// Returns when it rings, or when the time is over.
    func wait(atMost limit: Duration) { _ = wait(for: [readingEnd], milliseconds: Int32((limit / .milliseconds(1)).rounded(.up))) }

    private func wait(for descriptors: [Int32], milliseconds: Int32) -> Bool {
        var places = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&places, nfds_t(places.count), milliseconds)
        var bytes = [UInt8](repeating: 0, count: 64)
        var hasRung = false
        while read(readingEnd, &bytes, bytes.count) > 0 { hasRung = true }
        return hasRung
    }

    /// Said before the thread begins.
    /// - Returns: false when it must not begin any more.
    func begin() -> Bool {
        state.withLock { state in
            guard !state.isClosed, !state.isRunning else { return false }
            state.isRunning = true
            return true
        }
    }

    /// Asks the thread to end.
    func shut() {
        state.withLock { $0.isClosed = true }
        ring()
    }

    /// Asks the thread to end, and returns when it has.
    func close() async {
        shut()
        await withCheckedContinuation { continuation in
            let isRunning = state.withLock { state in
                if state.isRunning { state.waiting.append(continuation) }
                return state.isRunning
            }
            if !isRunning { continuation.resume() }
        }
    }

    /// Said by the thread, at its very end.
    func end() {
        let waiting = state.withLock { state in
            state.isRunning = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
