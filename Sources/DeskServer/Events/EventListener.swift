import DeskCore
import DeskServices
import Synchronization

/// One open stream, as the hub sees it: whose it is, and a bell. Rings merge, so that a slow client costs no memory.
final class EventListener: Sendable {
    /// Whose eyes the stream is for, as their sign-in stood when it was opened.
    struct Viewer: Sendable, Hashable {
        let user: User.ID
        let limit: Workspace.ID?
        let credential: Credential
    }

    enum Credential: Sendable, Hashable {
        case session(digest: String)
        case token(digest: String)
    }

    /// Why the bell rang; several reasons may have come together.
    struct Call: OptionSet, Sendable {
        static let events = Call(rawValue: 1)
        static let heartbeat = Call(rawValue: 2)
        /// The server stops: what has happened by now is still told.
        static let closing = Call(rawValue: 4)
        static let ended = Call(rawValue: 8)

        let rawValue: Int
    }

    let viewer: Viewer
    let scope: Scope
    private let pending = Mutex<Call>([])
    private let bell: AsyncStream<Void>
    private let rope: AsyncStream<Void>.Continuation

    init(viewer: Viewer, scope: Scope) {
        self.viewer = viewer
        self.scope = scope
        (bell, rope) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func ring(_ call: Call) {
        let isNews = pending.withLock { pending in
            let before = pending
            pending.formUnion(call)
            return before != pending
        }
        if isNews { rope.yield() }
    }

    /// The stream shall end at once: the client left, or the person may no longer see it.
    func end() { ring(.ended) }

    var hasEnded: Bool { pending.withLock { $0.contains(.ended) } }

    /// The calls as they come, until the listener ends. For one reader.
    var calls: some AsyncSequence<Call, Never> {
        bell.map { [self] in
            pending.withLock { pending in
                defer { pending.formIntersection(.ended) }
                return pending
            }
        }.prefix { !$0.contains(.ended) }
    }
}
