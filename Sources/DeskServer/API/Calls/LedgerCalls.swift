import DeskCore
import DeskServices
import Hummingbird

/// The proof (promise P9): the head, the entries, and what of them concerns one message.
struct LedgerCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/workspaces/:workspace/ledger/head") { try await head($0, $1) }
        router.get("/api/v1/workspaces/:workspace/ledger/entries") { try await entries($0, $1) }
        router.get("/api/v1/workspaces/:workspace/ledger/receipts/:message") { try await receipt($0, $1) }
    }

    private func head(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let head = try await parts.storage.read { session in
            try caller.require(.read, in: workspace, session)
            return try session.ledger.head(of: workspace)
        }
        return try APIAnswer.json(LedgerHeadBody(head))
    }

    /// In order; the cursor is the sequence number of the last entry before.
    private func entries(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let query = try ListQuery(request)
        let after = try query.numericCursor() ?? 0
        let entries = try await parts.storage.read { session in
            try caller.require(.read, in: workspace, session)
            return try session.ledger.entries(of: workspace, after: after, limit: query.limit)
        }
        let next = entries.count == query.limit ? entries.last.map { String($0.sequence) } : nil
        return try APIAnswer.json(ListBody(entries.map(LedgerEntryBody.init), nextCursor: next))
    }

    private func receipt(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let id = try context.identifier("message", of: Message.self)
        let body = try await parts.storage.read { session in
            try caller.require(.read, in: workspace, session)
            let (message, conversation) = try caller.message(id, for: .read, session)
            guard conversation.workspace == workspace else {
                throw DeskError.nothingThere
            }
            return ReceiptBody(
                messageID: message.id,
                entries: try MessageReceipt.entries(about: message.id, in: workspace, session).map(LedgerEntryBody.init),
                head: LedgerHeadBody(try session.ledger.head(of: workspace)))
        }
        return try APIAnswer.json(body)
    }
}

private struct LedgerHeadBody: Encodable {
    let workspaceID: Workspace.ID
    let sequence: Int64
    let hash: String

    init(_ head: LedgerHead) {
        workspaceID = head.workspace
        sequence = head.sequence
        hash = head.hash
    }
}

private struct LedgerEntryBody: Encodable {
    let sequence: Int64
    let at: String
    /// Microseconds since 1970: the time as it went into the hash.
    let atMicroseconds: Int64
    let kind: String
    let subject: String
    let details: [String: String]
    let previousHash: String
    let hash: String

    init(_ entry: LedgerEntry) {
        sequence = entry.sequence
        at = entry.at.timestamp
        atMicroseconds = entry.at.microseconds
        kind = entry.kind.rawValue
        subject = entry.subject
        details = entry.details
        previousHash = entry.previousHash
        hash = entry.hash
    }
}

private struct ReceiptBody: Encodable {
    let messageID: Message.ID
    let entries: [LedgerEntryBody]
    let head: LedgerHeadBody
}
