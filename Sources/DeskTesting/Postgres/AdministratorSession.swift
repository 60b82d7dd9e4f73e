import CLibpq
import Foundation

/// Runs what the driver never does: commands that make and remove databases, outside of every transaction.
struct AdministratorSession {
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    let host: String

    func run(_ command: String) throws {
        let connection = PQconnectdb("host=\(host) user=contesta dbname=postgres")
        defer { PQfinish(connection) }
        let result = PQexec(connection, command)
        defer { PQclear(result) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
            throw Refused(description: "\(command): \(PQerrorMessage(connection).map { String(cString: $0) } ?? "no reason given")")
        }
    }
}
