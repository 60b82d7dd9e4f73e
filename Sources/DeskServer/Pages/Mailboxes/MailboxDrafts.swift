import DeskCore
import DeskServices
import Logging
import ServiceLifecycle

/// Mailboxes that are being connected. They are kept in memory alone, since passwords are among them, and for a quarter of an hour; the
/// trials run here, so that a browser can look how far they are.
package actor MailboxDrafts: Service {
    static let span = Duration.minutes(15)
    /// Of one person at a time; the oldest goes.
    static let most = 5

    private let context: DeskContext
    private let mailboxes: any MailboxConnecting
    private let connecting: ConnectMailbox
    private var drafts: [String: MailboxDraft] = [:]
    private let orders: AsyncStream<String>
    private let orderly: AsyncStream<String>.Continuation

    init(_ context: DeskContext, mailboxes: any MailboxConnecting) {
        self.context = context
        self.mailboxes = mailboxes
        connecting = ConnectMailbox(context)
        (orders, orderly) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(100))
    }

    package func run() async throws {
        await withDiscardingTaskGroup { group in
            for await id in orders.cancelOnGracefulShutdown() {
                group.addTask { await self.tryOut(id) }
            }
            group.cancelAll()
        }
    }

    func begin(_ address: String, for user: User.ID, in workspace: Workspace.ID) -> MailboxDraft {
        forgetOld()
        let own = drafts.values.filter { $0.user == user }.sorted { $0.changedAt < $1.changedAt }
        for draft in own.dropLast(Self.most - 1) { drafts[draft.id] = nil }
        let id = context.chance.bytes(16).hexadecimal
        let draft = MailboxDraft(id: id, user: user, workspace: workspace, address: address, at: context.time.now())
        drafts[id] = draft
        return draft
    }

    /// Nil for one of somebody else, and for one that is too old.
    func draft(_ id: String, of user: User.ID) -> MailboxDraft? {
        forgetOld()
        return drafts[id].flatMap { $0.user == user ? $0 : nil }
    }

    /// The one whose browser comes back from a provider; its way is over then.
    func returning(with state: String, of user: User.ID) -> (MailboxDraft, MailboxDraft.Journey)? {
        forgetOld()
        guard
            let draft = drafts.values.first(where: { $0.user == user && $0.journey.map { ConstantTime.areEqual($0.state, state) } == true }
            ),
            let journey = draft.journey
        else { return nil }
        drafts[draft.id]?.journey = nil
        return (draft, journey)
    }

    /// Keeps what was changed of one that is still there and not under way.
    func update(_ draft: MailboxDraft) {
        guard let known = drafts[draft.id], !known.isUnderWay else { return }
        drafts[draft.id] = draft
        drafts[draft.id]?.changedAt = context.time.now()
    }

    /// Orders a trial of one that is not under way already.
    func order(_ id: String) {
        guard let draft = drafts[id], !draft.isUnderWay else { return }
        drafts[id]?.state = .underWay([])
        drafts[id]?.changedAt = context.time.now()
        if case .dropped = orderly.yield(id) { drafts[id]?.state = .asked }
    }

    private func tryOut(_ id: String) async {
        guard let draft = drafts[id] else { return }
        let outcome = await mailboxes.tryOut(draft.request) { finding in await self.note(finding, of: id) }
        switch outcome {
        case .failed(let finding, let renewed):
            drafts[id]?.secrets.merge(renewed) { $1 }
            end(id, as: .failed(findings(of: id) + [finding]))
        case .letIn(let mailbox): await connect(mailbox, id, named: draft.name, in: draft.workspace)
        }
    }

    private func connect(_ mailbox: TriedMailbox, _ id: String, named name: String, in workspace: Workspace.ID) async {
        do {
            let inbox = try await connecting.connect(mailbox, named: name, in: workspace)
            drafts[id]?.secrets = [:]
            end(id, as: .connected(inbox, mailCount: mailbox.mailCount, findings(of: id)))
        } catch {
            context.logger.error(
                "a mailbox that lets in could not be connected", metadata: ["code": "\((error as? DeskError)?.code.rawValue ?? "unknown")"])
            end(id, as: .failed(findings(of: id) + [MailboxFinding(.sending, .bad(.settings))]))
        }
    }

    private func note(_ finding: MailboxFinding, of id: String) {
        guard let draft = drafts[id], draft.isUnderWay else { return }
        drafts[id]?.state = .underWay(draft.findings + [finding])
    }

    private func end(_ id: String, as state: MailboxDraft.State) {
        drafts[id]?.state = state
        drafts[id]?.changedAt = context.time.now()
    }

    private func findings(of id: String) -> [MailboxFinding] { drafts[id]?.findings ?? [] }

    private func forgetOld() {
        let now = context.time.now()
        drafts = drafts.filter { now - $0.value.changedAt < Self.span }
    }
}
