import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird
import NIOCore

/// The ledger and the health of the desk.
struct ProofRoutes {
    private static let shownEntries = 50

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/ledger", use: ledger)
        router.get("/ledger/head", use: headFile)
        router.get("/ledger/receipts/{message}", use: receipt)
        router.get("/ledger/receipts/{message}/file", use: receiptFile)
        router.get("/health", use: health)
    }

    @Sendable private func ledger(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (workspace, all) = try await shownWorkspace(request, context)
        let user = try context.requireIdentity().user.id
        let (head, entries, signed, governs) = try await parts.storage.read { session in
            let head = try session.ledger.head(of: workspace.id)
            let from = max(0, head.sequence - Int64(Self.shownEntries))
            let entries = try session.ledger.entries(of: workspace.id, after: from, limit: Self.shownEntries)
            let governs = try Authorization(session, at: parts.now).may(.govern, in: workspace.id, user)
            return (head, entries, try SignedReading(of: workspace.id, session), governs)
        }
        let asked = URLEncoded.parse(request.uri.query ?? "")["verify"] != nil
        let finding = asked ? try await verify(workspace) : nil
        return try await answers.page(request, context) { page in
            LedgerPage(
                workspaceName: workspace.name, workspaceID: workspace.id.text,
                workspaces: all.map { Choice(value: $0.id.text, label: $0.name, isChosen: $0.id == workspace.id) },
                head: Self.head(head, entries.last, page.wording), signed: signed.flatMap { Self.signed($0, page.wording) },
                verification: finding.map { Self.verification($0, page.wording) },
                summaryPath: governs ? "/settings/summary/\(workspace.id.text)" : nil,
                entries: entries.reversed().map { Self.entry($0, page.wording) })
        }
    }

    /// The entries about one message, its delivery and what was owed for it.
    @Sendable private func receipt(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Message.ID = try context.identifier("message")
        let (workspace, head, entries) = try await parts.storage.read { session in
            let (_, conversation) = try Authorization(session, at: parts.now).message(id, for: .read, by: user)
            guard let workspace = try session.workspaces.workspace(conversation.workspace) else { throw DeskError.nothingThere }
            let entries = try MessageReceipt.entries(about: id, in: workspace.id, session)
            return (workspace, try session.ledger.head(of: workspace.id), entries)
        }
        return try await answers.page(request, context) { page in
            LedgerPage(
                workspaceName: workspace.name, workspaceID: workspace.id.text, head: Self.head(head, entries.last, page.wording),
                receiptPath: entries.isEmpty ? nil : "/ledger/receipts/\(id)/file", entries: entries.map { Self.entry($0, page.wording) })
        }
    }

    private static func head(_ head: LedgerHead, _ last: LedgerEntry?, _ wording: Wording) -> LedgerPage.Head? {
        last.map { LedgerPage.Head(entryCount: Int(head.sequence), digest: head.hash, keyID: nil, at: $0.at, wording: wording) }
    }

    private static func entry(_ entry: LedgerEntry, _ wording: Wording) -> LedgerPage.Entry {
        LedgerPage.Entry(number: Int(entry.sequence), kind: entry.kind.rawValue, at: entry.at, digest: entry.hash, wording: wording)
    }

    private static func verification(_ finding: VerifyLedger.Finding, _ wording: Wording) -> LedgerPage.Verification {
        switch finding.fault {
        case nil: .intact(entryCount: Int(finding.head.sequence), wording: wording)
        case .missing(let entry, _), .notChained(let entry), .altered(let entry), .unreadable(let entry):
            .broken(atEntry: Int(entry), wording: wording)
        case .cutOff(_, let found): .broken(atEntry: Int(found + 1), wording: wording)
        case .headUnreadable(let size), .headMisplaced(let size), .headNotSigned(let size), .headContradicted(let size):
            .brokenHead(ofEntries: Int(size), wording: wording)
        }
    }

    private func verify(_ workspace: Workspace) async throws -> VerifyLedger.Finding {
        let keys = [try await parts.signing.key(of: workspace.id)].compactMap(\.self)
        return try await VerifyLedger(parts.storage, keys: keys).verify(workspace)
    }

    /// The newest signed note, to be kept outside.
    @Sendable private func headFile(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let workspace = try await shownWorkspace(request, context).shown
        let newest = try await parts.storage.read { try $0.heads.newest(of: workspace.id) }
        guard let newest else { throw DeskError.nothingThere }
        return Self.download(newest.note, type: "text/plain; charset=utf-8", name: "\(workspace.id)-\(newest.size).head")
    }

    /// The receipt, for whoever wants to check it elsewhere.
    @Sendable private func receiptFile(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Message.ID = try context.identifier("message")
        let workspace = try await parts.storage.read { session in
            try Authorization(session, at: parts.now).message(id, for: .read, by: user).1.workspace
        }
        let receipt = try await parts.proving.receipt(for: id, in: workspace)
        return Self.download(try APIAnswer.line(receipt) + "\n", type: "application/json; charset=utf-8", name: "\(id).receipt.json")
    }

    private static func download(_ text: String, type: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The newest head, and the last one that left with a summary.
    private struct SignedReading: Sendable {
        let newest: StoredHead
        let mailed: SummaryProgress.Sent?

        init?(of workspace: Workspace.ID, _ session: any StorageSession) throws {
            guard let newest = try session.heads.newest(of: workspace) else { return nil }
            self.newest = newest
            mailed = try session.summaries.jobs(in: workspace).compactMap(\.progress.sent).max { $0.entries < $1.entries }
        }

        var delivery: LedgerPage.SignedHead.Delivery {
            if let at = newest.deliveredAt { return .delivered(to: newest.deliveredTo ?? "", at: at) }
            if let reason = newest.deliveryFailure { return .failed(reason: reason) }
            return mailed.map { .mailed(at: $0.at, entries: $0.entries) } ?? .nowhere
        }
    }

    private static func signed(_ reading: SignedReading, _ wording: Wording) -> LedgerPage.SignedHead? {
        let newest = reading.newest
        guard let head = newest.head else { return nil }
        return LedgerPage.SignedHead(
            entryCount: Int(newest.size), rootHash: head.checkpoint.root.hexadecimal, keyID: head.keyID, at: newest.signedAt,
            delivery: reading.delivery, wording: wording)
    }

    @Sendable private func health(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let reading = try await HealthReading.read(for: user, in: parts)
        return try await answers.page(request, context) { page in reading.page(page.wording) }
    }

    /// The workspace that the address names, or the first one that the visitor may read, among all of these.
    private func shownWorkspace(_ request: Request, _ context: DeskRequestContext) async throws -> (shown: Workspace, all: [Workspace]) {
        let user = try context.requireIdentity().user.id
        let all = try await parts.storage.read { try Authorization($0, at: parts.now).workspaces(of: user, for: .read) }
        let named = URLEncoded.parse(request.uri.query ?? "")["workspace"]
        guard let shown = all.first(where: { named == nil || $0.id.text == named }) else { throw DeskError.nothingThere }
        return (shown, all)
    }
}
