import DeskCore
import DeskServices
import SQLStore

/// How servers on one database tell each other that there is something new. A notification only wakes: what happened is in the table of
/// events, and whoever missed a notification finds it there.
enum EventChannel {
    static let listen: SQLStatement = "LISTEN contesta_events"

    static let lastNumber: SQLStatement = "SELECT sequence FROM event_head WHERE name = 'events'"

    /// Within the transaction of the event: the server sends it with the commit.
    static func announce(_ event: DeskEvent) -> SQLStatement {
        "SELECT pg_catalog.pg_notify('contesta_events', \(String(event.sequence)))"
    }
}
