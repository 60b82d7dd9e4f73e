import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// The ledger and the health of the desk.
struct ProofRoutes {
    private static let shownEntries = 50

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/ledger", use: ledger)
        router.get("/ledger/receipts/{message}", use: receipt)
        router.get("/health", use: health)
    }

    @Sendable private func ledger(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let workspace = try await firstWorkspace(context)
        let (head, entries) = try await parts.storage.read { session in
            let head = try session.ledger.head(of: workspace.id)
            let from = max(0, head.sequence - Int64(Self.shownEntries))
            return (head, try session.ledger.entries(of: workspace.id, after: from, limit: Self.shownEntries))
        }
        let asked = URLEncoded.parse(request.uri.query ?? "")["verify"] != nil
        let finding = asked ? try await VerifyLedger(parts.storage).verify(workspace) : nil
        return try await answers.page(request, context) { page in
            LedgerPage(
                workspaceName: workspace.name, head: Self.head(head, entries.last, page.wording),
                verification: finding.map { Self.verification($0, page.wording) },
                entries: entries.reversed().map { Self.entry($0, page.wording) })
        }
    }

    /// The entries about one message, its delivery and what was owed for it.
    @Sendable private func receipt(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Message.ID = try context.identifier("message")
        let (workspace, head, entries) = try await parts.storage.read { session in
            let (_, conversation) = try Authorization(session).message(id, for: .read, by: user)
            guard let workspace = try session.workspaces.workspace(conversation.workspace) else { throw DeskError.nothingThere }
            let entries = try MessageReceipt.entries(about: id, in: workspace.id, session)
            return (workspace, try session.ledger.head(of: workspace.id), entries)
        }
        return try await answers.page(request, context) { page in
            LedgerPage(
                workspaceName: workspace.name, head: Self.head(head, entries.last, page.wording),
                entries: entries.map { Self.entry($0, page.wording) })
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
        case .missing(let expected, _): .broken(atEntry: Int(expected), wording: wording)
        case .notChained(let sequence), .altered(let sequence): .broken(atEntry: Int(sequence), wording: wording)
        }
    }

    @Sendable private func health(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let reading = try await HealthReading.read(for: user, in: parts)
        return try await answers.page(request, context) { page in reading.page(page.wording) }
    }

    private func firstWorkspace(_ context: DeskRequestContext) async throws -> Workspace {
        let user = try context.requireIdentity().user.id
        return try await parts.storage.read { session in
            let scope = try Authorization(session).scope(of: user)
            guard let id = scope.workspaces.first, let workspace = try session.workspaces.workspace(id) else {
                throw DeskError.nothingThere
            }
            return workspace
        }
    }
}
