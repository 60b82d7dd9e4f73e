import DeskCore
package import DeskServices
import Logging
import ServiceLifecycle
import Synchronization

/// Carries committed events to open streams. One task listens for all of them, one clock beats for all of them, and who may see
/// what is asked for all of them in one read; a stream that nothing happens to costs a few hundred bytes.
package final class EventHub: Service {
    /// How many events are kept in memory; whoever is further behind reads the store.
    private static let windowCapacity = 4_096
    /// Seconds between signs of life on a quiet stream; proxies close what is silent for half a minute.
    static let heartbeatSeconds = 15
    /// Signatures, revocations and sign-outs reach open streams within this time.
    private static let beat = Duration.seconds(1)

    private struct State {
        var window = EventWindow(capacity: EventHub.windowCapacity)
        var nextNumber = 0
        var listeners: [Int: EventListener] = [:]
        var isClosed = false
    }

    private let context: DeskContext
    /// From the hub's making on: a stream can be open before the hub runs.
    private let events: AsyncStream<DeskEvent>
    private let state = Mutex(State())

    package init(_ context: DeskContext, bus: EventBus) {
        self.context = context
        events = bus.listen()
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await event in self.events { self.admit(event) } }
                group.addTask { await self.beat() }
                await group.waitForAll()
            }
        }
        close()
    }

    package var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// Ends every stream, and those that come later; for shutting down.
    package func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.ring(.closing) }
    }

    /// Lets a listener hear, as long as the body runs.
    func withListener<Value>(_ listener: EventListener, _ body: () async throws -> Value) async rethrows -> Value {
        let (number, isClosed) = state.withLock { state in
            state.nextNumber += 1
            state.listeners[state.nextNumber] = listener
            return (state.nextNumber, state.isClosed)
        }
        if isClosed { listener.ring(.closing) }
        defer { state.withLock { _ = $0.listeners.removeValue(forKey: number) } }
        return try await body()
    }

    func events(after sequence: Int64) -> EventWindow.Stretch { state.withLock { $0.window.after(sequence) } }

    private func admit(_ event: DeskEvent) {
        let concerned = state.withLock { state in
            state.window.append(event)
            return state.listeners.values.filter { $0.scope.covers(event.workspace) }
        }
        for listener in concerned { listener.ring(.events) }
    }

    private func beat() async {
        var second = 0
        while !Task.isCancelled {
            do {
                try await context.time.wait(until: context.time.now() + Self.beat)
            } catch {
                return
            }
            second += 1
            sendHeartbeats(second)
            await endWhatMayNotBeSeen()
        }
    }

    /// A fifteenth of the streams each second, so that they don't all write at once.
    private func sendHeartbeats(_ second: Int) {
        let due = state.withLock { state in
            state.listeners.filter { $0.key % Self.heartbeatSeconds == second % Self.heartbeatSeconds }.values
        }
        for listener in due { listener.ring(.heartbeat) }
    }

    /// Whoever's sight has changed, to more or to less, is sent away, and sees by the new rule when they come back.
    private func endWhatMayNotBeSeen() async {
        let listeners = state.withLock { Array($0.listeners.values) }
        guard !listeners.isEmpty else { return }
        let viewers = Set(listeners.map(\.viewer))
        let now = context.time.now()
        do {
            let scopes = try await context.storage.read { session in
                try viewers.reduce(into: [:]) { $0[$1] = try $1.scope(in: session, at: now) }
            }
            for listener in listeners where scopes[listener.viewer] != listener.scope { listener.end() }
        } catch {
            context.logger.warning("open streams could not be checked", metadata: ["error": "\(error)"])
        }
    }
}

extension EventListener.Viewer {
    /// What the viewer may read now; nil when their sign-in is over.
    func scope(in session: any StorageSession, at now: Instant) throws -> Scope? {
        let expiry =
            switch credential {
            case .session(let digest): try openSession(digest, in: session, at: now)?.expiresAt
            case .token(let digest): try session.credentials.accessToken(digest: digest)?.expiresAt
            }
        guard let expiry, expiry > now else { return nil }
        return try Authorization(session, at: now).scope(of: user, limitedTo: limit)
    }

    private func openSession(_ digest: String, in session: any StorageSession, at now: Instant) throws -> SignInSession? {
        guard let found = try session.credentials.session(tokenDigest: digest), try found.isStillVouchedFor(in: session, at: now) else {
            return nil
        }
        return found
    }
}

extension Identity {
    var viewer: EventListener.Viewer {
        let credential: EventListener.Credential =
            switch proof {
            case .browser(let session): .session(digest: session.tokenDigest)
            case .bearer(let token): .token(digest: token.digest)
            }
        return EventListener.Viewer(user: user.id, limit: limit, credential: credential)
    }
}
