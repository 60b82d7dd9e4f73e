import DeskCore
import DeskServices
import Hummingbird

/// The proof (promise P9): the head, the entries, and what of them concerns one message.
struct LedgerCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/workspaces/:workspace/ledger/head") { try await head($0, $1) }
        router.get("/api/v1/workspaces/:workspace/ledger/entries") { try await entries($0, $1) }
        router.get("/api/v1/workspaces/:workspace/ledger/consistency") { try await consistency($0, $1) }
        router.get("/api/v1/workspaces/:workspace/ledger/receipts/:message") { try await receipt($0, $1) }
    }

    private func head(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let (head, newest) = try await parts.storage.read { session in
            try caller.require(.read, in: workspace, session)
            return (try session.ledger.head(of: workspace), try session.heads.newest(of: workspace))
        }
        let key = try await parts.signing.key(of: workspace)
        return try APIAnswer.json(LedgerHeadBody(head, signed: newest.flatMap { SignedHeadBody($0, key: key) }))
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
        return try APIAnswer.json(ListBody(entries.map { LedgerEntryBody(WrittenEntry($0)) }, nextCursor: next))
    }

    private func consistency(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        try await parts.storage.read { try caller.require(.read, in: workspace, $0) }
        guard let size = URLEncoded.parse(request.uri.query ?? "")["from"].flatMap({ Int64($0) }) else {
            throw DeskError(.invalidRequest, message: "“from” is the number of entries of the head that was kept.")
        }
        return try APIAnswer.json(ConsistencyBody(try await parts.growth.consistency(from: size, in: workspace)))
    }

    private func receipt(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = (try Caller(context), try context.identifier("workspace", of: Workspace.self))
        let id = try context.identifier("message", of: Message.self)
        try await parts.storage.read { session in
            try caller.require(.read, in: workspace, session)
            let (_, conversation) = try caller.message(id, for: .read, session)
            guard conversation.workspace == workspace else { throw DeskError.nothingThere }
        }
        let receipt = try await parts.proving.receipt(for: id, in: workspace)
        let head = try await parts.storage.read { try $0.ledger.head(of: workspace) }
        return try APIAnswer.json(ReceiptBody(receipt, head: head))
    }
}

private struct LedgerHeadBody: Encodable {
    let workspaceID: Workspace.ID
    let sequence: Int64
    let hash: String
    @OrNull var signed: SignedHeadBody?

    init(_ head: LedgerHead, signed: SignedHeadBody? = nil) {
        workspaceID = head.workspace
        sequence = head.sequence
        hash = head.hash
        self.signed = signed
    }
}

/// The newest signed head, which may be of fewer entries than there are.
private struct SignedHeadBody: Encodable {
    let size: Int64
    let rootHash: String
    let chainHash: String
    let signedAt: String
    let keyID: String
    /// The verifier key.
    @OrNull var key: String?
    let note: String
    @OrNull var deliveredAt: String?
    @OrNull var deliveredTo: String?
    @OrNull var deliveryFailure: String?

    init?(_ stored: StoredHead, key: LedgerKey?) {
        guard let head = stored.head else { return nil }
        size = stored.size
        rootHash = head.checkpoint.root.hexadecimal
        chainHash = head.checkpoint.chainHash
        signedAt = stored.signedAt.timestamp
        keyID = head.keyID
        self.key = key?.text
        note = stored.note
        deliveredAt = stored.deliveredAt?.timestamp
        deliveredTo = stored.deliveredTo
        deliveryFailure = stored.deliveryFailure
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
    /// In hexadecimal, from the leaf to the root; only within a receipt.
    let inclusionProof: [String]?

    init(_ entry: WrittenEntry) {
        sequence = entry.sequence
        at = Instant(microseconds: entry.at).timestamp
        atMicroseconds = entry.at
        kind = entry.kind
        subject = entry.subject
        details = entry.details
        previousHash = entry.previousHash
        hash = entry.hash
        inclusionProof = entry.inclusionProof
    }
}

/// The proof as `contesta ledger verify --consistency` reads it.
private struct ConsistencyBody: Encodable {
    let workspaceID: Workspace.ID
    let fromSize: Int64
    let consistencyProof: [String]
    let signedHead: String
    let key: String

    init(_ proof: ConsistencyProof) {
        workspaceID = proof.workspace
        fromSize = proof.fromSize
        consistencyProof = proof.hashes
        signedHead = proof.signedHead
        key = proof.key
    }
}

/// The receipt as `contesta ledger verify --receipt` reads it, and what is convenient besides.
private struct ReceiptBody: Encodable {
    let messageID: Message.ID
    let workspaceID: Workspace.ID
    let entries: [LedgerEntryBody]
    let signedHead: String
    let key: String
    let head: LedgerHeadBody

    init(_ receipt: LedgerReceipt, head: LedgerHead) {
        messageID = receipt.message
        workspaceID = receipt.workspace
        entries = receipt.entries.map(LedgerEntryBody.init)
        signedHead = receipt.signedHead
        key = receipt.key
        self.head = LedgerHeadBody(head)
    }
}
