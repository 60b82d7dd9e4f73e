import DeskCore
import SQLStore

/// Keeps a second program from serving from the same database. The lock is the session's: it goes when the program ends, however it
/// does, and when the database does. It keeps people from a mistake; what keeps two servers from calling for one reply is the term that
/// each begins in the database (`OperationRepository.beginTerm`).
enum ServerLock {
    /// How long a program that has just ended may still have it.
    static let patience = Duration.seconds(10)

    private static let statement: SQLStatement = "SELECT pg_catalog.pg_try_advisory_lock(6278412079232) AS taken"

    /// - Throws: `data_in_use` when another session has it.
    static func take(on link: PostgresLink) throws(DeskError) {
        let rows = try link.execute(statement).rows
        guard try rows.first?.bool("taken") == true else { throw inUse }
    }

    static let inUse = DeskError(
        DeskError.Code("data_in_use"),
        message: "Another contesta serves from this database. Nothing was started; stop the other one, or give --database another one.")
}
