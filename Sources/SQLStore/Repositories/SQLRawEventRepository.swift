import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ event: RawEvent, _ outcome: String, _ reason: String?) -> SQLStatement {
        """
        INSERT INTO raw_events (workspace, inbox, id, received_at, body, outcome, reason)
        VALUES (\(event.workspace), \(event.inbox), \(event.id), \(event.receivedAt),
                \(event.body, sealedFor: .workspace(event.workspace)), \(outcome), \(reason))
        """
    }

    fileprivate static func pending(limit: Int) -> SQLStatement {
        """
        SELECT workspace, inbox, id, received_at, body, starts FROM raw_events
        WHERE outcome = 'pending' ORDER BY id LIMIT \(limit)
        """
    }

    fileprivate static func countStart(ofOldest count: Int) -> SQLStatement {
        """
        UPDATE raw_events SET starts = starts + 1
        WHERE outcome = 'pending' AND id IN (SELECT id FROM raw_events WHERE outcome = 'pending' ORDER BY id LIMIT \(count))
        """
    }

    fileprivate static func conclude(_ event: RawEvent, _ outcome: String, _ reason: String?) -> SQLStatement {
        """
        UPDATE raw_events SET outcome = \(outcome), reason = \(reason)
        WHERE workspace = \(event.workspace) AND inbox = \(event.inbox) AND id = \(event.id)
        """
    }

    fileprivate static let backlog: SQLStatement = """
        SELECT count(*) AS count, min(received_at) AS oldest FROM raw_events WHERE outcome = 'pending'
        """

    fileprivate static func claimKey(_ key: String, _ inbox: Inbox.ID, _ workspace: Workspace.ID, _ instant: Instant) -> SQLStatement {
        """
        INSERT INTO event_keys (workspace, inbox, key, at) VALUES (\(workspace), \(inbox),
        \(key, sealedFor: .digest(workspace)), \(instant))
        ON CONFLICT (workspace, inbox, key) DO NOTHING
        """
    }

    fileprivate static func key(_ key: String, of inbox: Inbox) -> SQLStatement {
        """
        SELECT at FROM event_keys
        WHERE workspace = \(inbox.workspace) AND inbox = \(inbox.id) AND key = \(key, sealedFor: .digest(inbox.workspace))
        """
    }

    fileprivate static func quarantined(in workspace: Workspace.ID, limit: Int) -> SQLStatement {
        """
        SELECT workspace, inbox, id, received_at, body, reason FROM raw_events
        WHERE workspace = \(workspace) AND outcome = 'quarantined' ORDER BY id LIMIT \(limit)
        """
    }

    fileprivate static let events: SQLStatement = """
        SELECT workspace, inbox, id, received_at, body, outcome, reason FROM raw_events
        """

    fileprivate static func events(of inbox: Inbox, after id: RawEvent.ID?, limit: Int) -> SQLStatement {
        """
        \(events) WHERE workspace = \(inbox.workspace) AND inbox = \(inbox.id) AND id > \(id?.text ?? "")
        ORDER BY id LIMIT \(limit)
        """
    }

    fileprivate static func quarantined(of inbox: Inbox) -> SQLStatement {
        "\(events) WHERE workspace = \(inbox.workspace) AND inbox = \(inbox.id) AND outcome = 'quarantined' ORDER BY id"
    }

    fileprivate static func event(_ id: RawEvent.ID, in workspace: Workspace.ID) -> SQLStatement {
        """
        \(events)
        WHERE workspace = \(workspace) AND inbox IN (SELECT id FROM inboxes WHERE workspace = \(workspace)) AND id = \(id)
        """
    }

    fileprivate static func recentSigns(of inbox: Inbox, limit: Int) -> SQLStatement {
        """
        SELECT received_at FROM raw_events WHERE workspace = \(inbox.workspace) AND inbox = \(inbox.id) ORDER BY id DESC LIMIT \(limit)
        """
    }

    fileprivate static func park(
        _ status: StatusUpdate, _ details: String, _ inbox: Inbox.ID, _ workspace: Workspace.ID, _ instant: Instant
    ) -> SQLStatement {
        let lookup = SealSubject.lookup(.inbox(inbox))
        return """
            INSERT INTO parked_statuses (workspace, inbox, provider_id, number, stage, details, at)
            VALUES
                (\(workspace), \(inbox), \(status.providerID, sealedFor: lookup),
                 (SELECT coalesce(max(number), 0) + 1 FROM parked_statuses
                  WHERE workspace = \(workspace) AND inbox = \(inbox) AND provider_id = \(status.providerID, sealedFor: lookup)),
                 \(status.stage.rawValue), \(details, sealedFor: .workspace(workspace)), \(instant))
            """
    }

    /// The workspace leads the key; an inbox belongs to one.
    fileprivate static func ofParked(_ providerID: String, in inbox: Inbox.ID) -> SQLStatement {
        """
        FROM parked_statuses
        WHERE workspace = (SELECT workspace FROM inboxes WHERE id = \(inbox)) AND inbox = \(inbox)
          AND provider_id = \(providerID, sealedFor: .lookup(.inbox(inbox)))
        """
    }
}

/// What a parked status says besides its id and stage.
private struct ParkedDetails: Codable {
    var recipient: Correspondent?
    var callbackData: String?
    var failure: DeliveryFailure?
}

struct SQLRawEventRepository: RawEventRepository {
    let connection: any SQLConnection

    func insert(_ event: RawEvent) throws {
        let (outcome, reason) = event.outcome.columns
        try connection.perform(.insert(event, outcome, reason))
    }

    func hasPending() throws -> Bool {
        try connection.first("SELECT 1 AS found FROM raw_events WHERE outcome = 'pending' LIMIT 1") != nil
    }

    func pending(limit: Int) throws -> [PendingEvent] {
        try connection.query(.pending(limit: limit)).map { row in
            PendingEvent(raw: try Self.event(row, outcome: .pending), starts: try row.int("starts"))
        }
    }

    func countStart(ofOldest count: Int) throws {
        try connection.perform(.countStart(ofOldest: count))
    }

    func conclude(_ event: RawEvent) throws {
        let (outcome, reason) = event.outcome.columns
        try connection.perform(.conclude(event, outcome, reason))
    }

    func backlog() throws -> ProjectionBacklog {
        let row = try connection.first(.backlog)
        return ProjectionBacklog(count: try row?.int("count") ?? 0, oldest: try row?.optionalInstant("oldest"))
    }

    func claimKey(_ key: String, inbox: Inbox.ID, workspace: Workspace.ID, at instant: Instant) throws -> Bool {
        try connection.run(.claimKey(key, inbox, workspace, instant)) == 1
    }

    func unclaimed(_ keys: [String], of inbox: Inbox) throws -> [String] {
        try keys.filter { try connection.first(.key($0, of: inbox)) == nil }
    }

    func quarantined(scope: Scope, limit: Int) throws -> [RawEvent] {
        let all = try scope.workspaces.flatMap { try connection.query(.quarantined(in: $0, limit: limit)).map(Self.quarantined) }
        return Array(all.sorted { $0.id < $1.id }.prefix(limit))
    }

    func quarantined(of inbox: Inbox) throws -> [RawEvent] {
        try connection.query(.quarantined(of: inbox)).map(Self.event)
    }

    func quarantinedCount() throws -> Int {
        try connection.first("SELECT count(*) AS count FROM raw_events WHERE outcome = 'quarantined'")?.int("count") ?? 0
    }

    func event(_ id: RawEvent.ID, in workspace: Workspace.ID) throws -> RawEvent? {
        try connection.first(.event(id, in: workspace)).map(Self.event)
    }

    func events(of inbox: Inbox, after id: RawEvent.ID?, limit: Int) throws -> [RawEvent] {
        try connection.query(.events(of: inbox, after: id, limit: limit)).map(Self.event)
    }

    func recentSigns(of inbox: Inbox, limit: Int) throws -> [Instant] {
        try connection.query(.recentSigns(of: inbox, limit: limit)).map { try $0.instant("received_at") }
    }

    func park(_ status: StatusUpdate, inbox: Inbox.ID, workspace: Workspace.ID, at instant: Instant) throws {
        let details = ParkedDetails(recipient: status.recipient, callbackData: status.callbackData, failure: status.failure)
        try connection.perform(.park(status, try JSONText.encode(details), inbox, workspace, instant))
    }

    func takeParked(providerID: String, inbox: Inbox.ID) throws -> [StatusUpdate] {
        let rows = try connection.query("SELECT stage, details \(.ofParked(providerID, in: inbox)) ORDER BY number")
        guard !rows.isEmpty else { return [] }
        try connection.perform("DELETE \(.ofParked(providerID, in: inbox))")
        return try rows.map { row in
            let details: ParkedDetails = try row.sealedJSON("details")
            return StatusUpdate(
                providerID: providerID, stage: try row.word("stage"), recipient: details.recipient, callbackData: details.callbackData,
                failure: details.failure)
        }
    }

    private static func quarantined(_ row: SQLRow) throws -> RawEvent {
        try event(row, outcome: .quarantined(reason: try row.optionalText("reason") ?? ""))
    }

    static func event(_ row: SQLRow) throws -> RawEvent {
        try event(row, outcome: try RawEventOutcome(try row.text("outcome"), reason: try row.optionalText("reason")))
    }

    private static func event(_ row: SQLRow, outcome: RawEventOutcome) throws -> RawEvent {
        RawEvent(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), inbox: try row.identifier("inbox"),
            receivedAt: try row.instant("received_at"), body: try row.sealedBytes("body"), outcome: outcome)
    }
}

extension RawEventOutcome {
    fileprivate init(_ outcome: String, reason: String?) throws {
        switch outcome {
        case "pending": self = .pending
        case "projected": self = .projected
        case "ignored": self = .ignored(reason: reason ?? "")
        case "quarantined": self = .quarantined(reason: reason ?? "")
        default: throw DeskError.storageFault("a raw event has an outcome that nobody knows")
        }
    }

    fileprivate var columns: (outcome: String, reason: String?) {
        switch self {
        case .pending: ("pending", nil)
        case .projected: ("projected", nil)
        case .ignored(let reason): ("ignored", reason)
        case .quarantined(let reason): ("quarantined", reason)
        }
    }
}
