import CLibpq
import DeskCore
import SQLStore

/// Says in the desk's words what PostgreSQL reported. Values never get into the text: of a report only the first line is taken, where
/// PostgreSQL names tables and constraints, and not even that where it would repeat what was sent.
enum PostgresFailure {
    /// A report of the server (PostgreSQL's documentation, appendix A, lists the states).
    /// - Parameters:
    ///   - state: the SQLSTATE: five characters, of which the first two are the class.
    ///   - message: the first line of the report.
    static func error(state: String, message: String) -> DeskError {
        switch state.prefix(2) {
        case "23": .storageConflict(message)
        case "08": lostConnection
        case "53": .storageUnavailable("the database's machine has no room left (\(message)). Make room; it goes on by itself.")
        case "57": .storageUnavailable("the database stops, starts, or took too long (\(message)).")
        case "40", "55": .storageUnavailable("somebody else held what was needed for too long (\(message)).")
        case "58", "XX": .storageUnavailable("the database reports an error of its disk or its files (\(message)). Look at its log.")
        case "25": transaction(state, message)
        case "42": .storageFault("\(message) (\(state))")
        default: .storageFault("the database refused a statement (\(state))")
        }
    }

    private static func transaction(_ state: String, _ message: String) -> DeskError {
        state == "25006" ? .storageUnavailable("the database takes no writes here (\(message)).") : .storageFault(message)
    }

    static let lostConnection = DeskError.storageUnavailable(
        "the connection to the database was lost. It is made again by itself as soon as the database answers.")

    static let silence = DeskError.storageUnavailable(
        "the database does not answer although it is connected. It is connected to anew, and goes on by itself when it answers again.")

    /// The answer to a COMMIT never came: it may have been stored or not, and only whoever asked can find out, by asking again.
    static let unknownCommit = DeskError.storageUnavailable(
        "the connection was lost while the database was storing. Whether it was stored is not known; the same request can be made again.")

    /// - Parameter message: libpq's, which may repeat host and user, but not the password.
    static func noConnection(_ message: String, to address: PostgresAddress) -> DeskError {
        let reason = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        return .storageUnavailable(
            "the database \(address) can't be reached: \(reason). Check that it runs, and that the address and the password are right.")
    }
}
