package import DeskCore

/// What inboxes may have missed. Rows stay for good; a person's word clears them.
package protocol IncidentRepository {
    /// - Returns: false, and stores nothing, when this stretch of this inbox is known already.
    func insert(_ incident: Incident) throws -> Bool
    func update(_ incident: Incident) throws
    func incident(_ id: Incident.ID) throws -> Incident?
    /// Those that nobody has cleared, in the scope, oldest first.
    func uncleared(scope: Scope, limit: Int) throws -> [Incident]
    /// How many nobody has cleared.
    func unclearedCount(of kind: Incident.Kind) throws -> Int
    /// Those of an inbox that have not ended.
    func ongoing(in inbox: Inbox.ID) throws -> [Incident]
}

/// A sign of life that is kept for later starts of the program.
package enum Pulse: String, Hashable, Sendable {
    /// The server ran.
    case running
    /// A backup was made.
    case backup
}

/// Why a workspace sends nothing: it was brought back from a backup, and nobody has looked yet at what may have been sent since.
package struct DeliveryHold: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let since: Instant
    /// When the backup was made.
    package let backupAt: Instant

    package init(workspace: Workspace.ID, since: Instant, backupAt: Instant) {
        self.workspace = workspace
        self.since = since
        self.backupAt = backupAt
    }
}

/// What running the desk needs to remember.
package protocol OperationRepository {
    func pulse(_ pulse: Pulse) throws -> Instant?
    func record(_ pulse: Pulse, at instant: Instant) throws
    /// Begins the next term of delivering: whoever began an earlier one may call no provider any more.
    /// - Returns: its number, from 1 on.
    func beginTerm(at instant: Instant) throws -> Int
    /// The number of the newest term; 0 before the first.
    func term() throws -> Int
    func hold(of workspace: Workspace.ID) throws -> DeliveryHold?
    /// Of all workspaces, in a fixed order.
    func holds() throws -> [DeliveryHold]
    /// An earlier hold of the workspace stays as it is.
    func insert(_ hold: DeliveryHold) throws
    /// - Returns: whether there was one.
    func removeHold(of workspace: Workspace.ID) throws -> Bool
    /// A stretch of all messages of the store, of every workspace and kind, by id: for those who check, copy or compare.
    /// - Parameter id: the last of the stretch before; nil for the first.
    func messages(after id: Message.ID?, limit: Int) throws -> [Message]
    /// How many rows there are of what matters most, by name.
    func counts() throws -> [String: Int]
}
