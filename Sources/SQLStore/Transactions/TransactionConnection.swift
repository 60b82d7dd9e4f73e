package import DeskCore
package import DeskServices

/// A connection on which writes share transactions: the driver's writer, used on its own thread only.
package protocol TransactionConnection: SQLConnection {
    /// False before `begin`, and as soon as the database has given the transaction up.
    var isInTransaction: Bool { get }

    /// Begins a transaction. One that could not be ended before is given up first; whoever was in it has been told that it failed.
    /// - Throws: `storage_unavailable`, among others; no transaction has begun then.
    func begin() throws(DeskError)

    /// Ends the transaction, and returns when it is durable.
    /// - Returns: the events of `notify`, in order.
    /// - Throws: `storage_unavailable`, among others; nobody may be told then that anything was stored.
    func commit() throws(DeskError) -> [DeskEvent]

    /// Gives up the transaction, if there is one.
    func rollBack()
}
