import DeskCore
import Synchronization

/// A server's right to call providers: it holds until another server on the same store begins a later term. A server that was paused,
/// or cut off from its database, and comes back, finds out before its next call.
final class DeliveryTerm: Sendable {
    private let number = Mutex<Int?>(nil)

    /// Takes the right over from whoever had it.
    func begin(_ session: any StorageSession, at now: Instant) throws {
        let begun = try session.operations.beginTerm(at: now)
        number.withLock { $0 = begun }
    }

    /// - Throws: `superseded` when another server has begun a later term.
    func require(_ session: any StorageSession, at now: Instant) throws {
        guard number.withLock(\.self) != nil else { return try begin(session, at: now) }
        try confirm(session)
    }

    /// Only looks; before the first term there is nothing to lose.
    /// - Throws: `superseded` when another server has begun a later term.
    func confirm(_ session: any StorageSession) throws {
        guard let mine = number.withLock(\.self), try session.operations.term() != mine else { return }
        throw DeskError.superseded
    }
}

extension DeskError {
    static let superseded = DeskError(
        Code("superseded"),
        message: "Another contesta delivers from this database now. This one stops: what was under way is recorded or left to a person, "
            + "and nothing is lost. Let one server run.")
}
