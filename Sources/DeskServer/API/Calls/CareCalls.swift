import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// What may be missing, what could not be read, and what must not be sent yet.
struct CareCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/workspaces/:workspace/incidents") { try await incidents($0, $1) }
        router.post("/api/v1/workspaces/:workspace/incidents/:incident/clearing") { try await clear($0, $1) }
        router.post("/api/v1/workspaces/:workspace/raw-events/:event/retry") { try await retry($0, $1) }
        router.get("/api/v1/workspaces/:workspace/delivery") { try await delivery($0, $1) }
        router.post("/api/v1/workspaces/:workspace/delivery/release") { try await release($0, $1) }
    }

    private func incidents(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let query = try ListQuery(request)
        let incidents = try await parts.storage.read { session in
            try caller.require(.administer, in: workspace, session)
            let scope = try Authorization(session, at: parts.now).scope(of: caller.user.id, limitedTo: workspace, for: .administer)
            return try session.incidents.uncleared(scope: scope, limit: query.limit)
        }
        return try APIAnswer.json(ListBody(incidents.map(IncidentBody.init)))
    }

    private func clear(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (
            try Caller(changingBy: request, context), try context.identifier("workspace", of: Workspace.self)
        )
        let id = try context.identifier("incident", of: Incident.self)
        try await parts.storage.read { session in
            try caller.require(.administer, in: workspace, session)
            guard try session.incidents.incident(id)?.workspace == workspace else { throw DeskError.nothingThere }
        }
        let body = try await JSONBody.read(ClearingBody.self, from: request)
        let incident = try await ClearIncident(parts.context).clear(id, word: body.word, by: caller.user.id)
        return try APIAnswer.json(IncidentBody(incident))
    }

    private func retry(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (
            try Caller(changingBy: request, context), try context.identifier("workspace", of: Workspace.self)
        )
        let id = try context.identifier("event", of: RawEvent.self)
        try await parts.storage.read { try caller.require(.administer, in: workspace, $0) }
        let outcome = try await RetryEvent(parts.context).retry(id, in: workspace, by: caller.user.id)
        return try APIAnswer.json(RetryBody(eventID: id, outcome: outcome.word))
    }

    private func delivery(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let body = try await parts.storage.read { session in
            try caller.require(.read, in: workspace, session)
            return DeliveryBody(
                try session.operations.hold(of: workspace), undecided: try session.attempts.undecidedCount(in: workspace))
        }
        return try APIAnswer.json(body)
    }

    private func release(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (
            try Caller(changingBy: request, context), try context.identifier("workspace", of: Workspace.self)
        )
        try await parts.storage.read { try caller.require(.administer, in: workspace, $0) }
        let release = try await HoldDelivery(parts.context).release(workspace, by: caller.user.id)
        return try APIAnswer.json(DeliveryBody(nil, undecided: release.undecided))
    }
}

private struct ClearingBody: Decodable {
    let word: String
}

private struct IncidentBody: Encodable {
    let id: Incident.ID
    let inboxID: Inbox.ID
    let kind: String
    let from: String
    @OrNull var to: String?
    let noticedAt: String
    @OrNull var clearedAt: String?
    @OrNull var clearedBy: String?
    @OrNull var word: String?

    init(_ incident: Incident) {
        id = incident.id
        inboxID = incident.inbox
        kind = incident.kind.rawValue
        from = incident.beganAt.timestamp
        to = incident.endedAt?.timestamp
        noticedAt = incident.noticedAt.timestamp
        clearedAt = incident.clearing?.at.timestamp
        clearedBy = incident.clearing?.user.text
        word = incident.clearing?.word
    }
}

private struct RetryBody: Encodable {
    let eventID: RawEvent.ID
    let outcome: String
}

private struct DeliveryBody: Encodable {
    let onHold: Bool
    @OrNull var heldSince: String?
    @OrNull var backupAt: String?
    let undecided: Int

    init(_ hold: DeliveryHold?, undecided: Int) {
        onHold = hold != nil
        heldSince = hold?.since.timestamp
        backupAt = hold?.backupAt.timestamp
        self.undecided = undecided
    }
}
