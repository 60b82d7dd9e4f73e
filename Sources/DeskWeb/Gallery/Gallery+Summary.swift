import DeskCore
import Foundation

/// The daily summary of a principal, planned and not yet.
extension Gallery {
    func summary(isPlanned: Bool) -> SummaryPage {
        let mailbox = Inbox(
            id: Inbox.ID("correo"), workspace: workspace.id, channel: .email, name: "Correo", account: "hola@quiroga.example",
            isSimulated: false)
        var progress = SummaryProgress(since: ago(2_310), dueAt: ahead(570))
        progress.succeed(with: .init(at: ago(870), entries: 1_204), through: ago(870), next: ahead(570))
        let principal = User(
            id: User.ID("marta"), email: "marta@example.com", name: "Marta", locale: wording.catalogue.language.rawValue,
            timeZone: wording.timeZone.identifier)
        return SummaryPage(
            workspace: workspace, address: principal.email, inboxes: isPlanned ? [mailbox] : [],
            plan: isPlanned ? try? SummaryPlan(inbox: mailbox.id, minute: 1_200, namesContacts: true) : nil,
            progress: isPlanned ? progress : nil,
            preview: SummaryWriter.letter(
                daySummary, for: SummaryReader(workspace: workspace, user: principal, head: head), wording,
                publicURL: "https://mesa.example"), wording: wording)
    }

    private var head: LedgerCheckpoint? {
        MerkleHash(Array(repeating: 0, count: 32)).map {
            LedgerCheckpoint(workspace: workspace.id, size: 1_204, root: $0, chainHash: "", at: Self.now)
        }
    }

    private var daySummary: DaySummary {
        DaySummary(
            from: ago(870), through: Self.now,
            figures: SummaryFigures(
                received: 42, answered: 31, answeredElsewhere: 2, withoutAnswer: 3, waits: [.minutes(4), .minutes(12), .minutes(95)]),
            owedCount: 12, lateCount: 1,
            waiting: [
                .init(contact: "Carlos Méndez", since: ago(190), dueAt: ago(130), member: "Lucía Ferro"),
                .init(contact: "Ana Pérez", since: ago(25), dueAt: ahead(35), member: nil),
            ], promiseCount: 1, promises: [.init(contact: "Julia Roca", dueAt: ahead(1_440))], undecidedCount: 1)
    }
}
