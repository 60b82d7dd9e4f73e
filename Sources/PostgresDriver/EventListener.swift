import DeskCore
import DeskServices
import Foundation
import SQLStore
import Synchronization

/// Waits, on a thread of its own, for other servers' commits, and has their events handed on. A connection that was lost is made again,
/// and what happened meanwhile is read once.
final class EventListener: Sendable {
    private static let stretch = 500

    private let address: PostgresAddress
    private let relay: EventRelay
    private let bell: ThreadBell
    private let isServer: Bool
    private let standing = Mutex(Standing.beginning)

    /// How far it has come: the last failure, while the connection is not there.
    enum Standing: Equatable {
        case beginning, following
        case refused(DeskError)
    }

    var state: Standing { standing.withLock(\.self) }

    /// - Parameter isServer: whether this is the one program that serves from the database.
    init(_ address: PostgresAddress, relay: EventRelay, isServer: Bool) throws(DeskError) {
        self.address = address
        self.isServer = isServer
        self.relay = relay
        bell = try ThreadBell()
    }

    /// Begins to listen; returns at once.
    func start() {
        guard bell.begin() else { return }
        let thread = Thread { [self] in listen() }
        thread.name = "contesta events"
        thread.start()
    }

    /// Has the table of events read, because something is missing.
    func wake() { bell.ring() }

    /// Ends the thread without waiting for its end.
    func abandon() { bell.shut() }

    /// Ends the thread, and returns when it has ended.
    func close() async { await bell.close() }

    private func listen() {
        let connection = PostgresConnection(address, for: .listening(asServer: isServer))
        while !bell.isClosed {
            do {
                try follow(connection)
            } catch {
                standing.withLock { $0 = .refused(error as? DeskError ?? PostgresFailure.lostConnection) }
                // The server will be back; what it says meanwhile is in the table of events.
                bell.wait(atMost: connection.remainingPause)
            }
        }
        bell.end()
    }

    /// Until the connection is lost, or nobody wants to know any more.
    private func follow(_ connection: PostgresConnection) throws {
        try catchUp(on: connection)
        standing.withLock { $0 = .following }
        while !bell.isClosed {
            // First what has come already, together with answers: the socket knows nothing of that any more.
            if let number = try connection.takeNotification() {
                if number > relay.lastNumber ?? 0 { try catchUp(on: connection) }
            } else if bell.wait(for: try connection.socket()) {
                try catchUp(on: connection)
            }
        }
    }

    private func catchUp(on connection: PostgresConnection) throws {
        var count = 0
        repeat {
            let place = relay.lastNumber ?? 0
            let events = try connection.read { try SQLSession.events(on: $0).events(after: place, limit: Self.stretch) }
            relay.pass(read: events)
            count = events.count
        } while count == Self.stretch && !bell.isClosed
    }
}
