import DeskCore
import GRDB
import GRDBSQLite
import SQLStore

/// Says in the desk's words what SQLite reported. Values never get into the text, only what SQLite says about tables and columns.
enum SQLiteFailure {
    /// - Parameters:
    ///   - code: SQLite's result code, extended or not.
    ///   - message: what SQLite says about it.
    static func error(code: Int32, message: String) -> DeskError {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: .storageConflict(message)
        case SQLITE_FULL: .storageUnavailable("the disk is full. Nothing was lost; make room, and it goes on by itself.")
        case SQLITE_IOERR where isUnconfirmed(code): .storageFailed(message)
        case SQLITE_IOERR: .storageUnavailable("the disk reports an error (\(message)). Look at the disk and the system's log.")
        case SQLITE_READONLY: .storageUnavailable("the database file can't be written. Check who owns it, and how its disk is mounted.")
        case SQLITE_CANTOPEN: .storageUnavailable("the database file can't be opened. Check that its folder exists and may be written.")
        case SQLITE_BUSY, SQLITE_LOCKED: .storageUnavailable("another program holds the database. Stop it, or wait until it is done.")
        case SQLITE_INTERRUPT: .storageUnavailable("the work was interrupted.")
        case SQLITE_NOMEM: .storageUnavailable("there is not enough memory.")
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            .storageUnavailable("the database file is damaged (\(message)). Stop the program and restore the last backup.")
        default: .storageFault(message)
        }
    }

    /// Whether the disk, asked to confirm what was written, could not.
    private static func isUnconfirmed(_ code: Int32) -> Bool {
        [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC].contains(ResultCode(rawValue: code))
    }

    /// Of opening a file: that it is damaged will not pass by waiting.
    static func opening(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError, [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) else {
            return Self.error(error)
        }
        return DeskError.storageDamaged(error.message ?? "no reason given")
    }

    static func error(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return Self.error(code: error.extendedResultCode.rawValue, message: error.message ?? "no reason given")
    }
}
