import DeskCore
import DeskServices
import SQLStore
import SQLiteDriver

/// After all troubles are over and two quiet days have passed: nothing may hang, and whatever is open stands before a person's eyes.
struct LastLook {
    private let world: World

    init(_ world: World) { self.world = world }

    func violations() async throws -> [Violation] {
        let session = try await VerifyLedger(world.storage).verify(world.cast.workspace)
        let chain = session.fault.map { [Violation(.ledger, "\($0)")] } ?? []
        return try chain + unacknowledged() + world.database.readNow { try inspect(SQLSession($0, world.vault)) }
    }

    private func unacknowledged() throws -> [Violation] {
        let left = world.judge.model.written.values.filter { !$0.isAcknowledged }.map(\.id).sorted()
        return left.isEmpty ? [] : [Violation(.nothingIsStuck, "the desk never acknowledged \(left)")]
    }

    private func inspect(_ session: any StorageSession) throws -> [Violation] {
        let views = try world.judge.views.compactMap { try ConversationView($0.conversation.id, world.cast, session) }
        return try attempts(views, session) + queue(views, session) + alarms(views, session) + leftovers(session)
    }

    /// Every attempt has come to its end, or is among those that a person is asked about.
    private func attempts(_ views: [ConversationView], _ session: any StorageSession) throws -> [Violation] {
        let shown = Set(try session.attempts.undecided(scope: world.cast.scope, limit: 10_000).map(\.id))
        let all = views.flatMap { view in view.outbound.compactMap { view.attempts[$0.id] } }
        return all.compactMap { attempt in
            let text = world.judge.text(of: attempt.message) ?? attempt.message.text
            switch attempt.state {
            case .held, .queued, .sending: return Violation(.nothingIsStuck, "“\(text)” is \(attempt.state.name) for two days")
            case .unknown:
                return shown.contains(attempt.id) ? nil : Violation(.nothingIsStuck, "“\(text)” waits for a person, and none is asked")
            case .accepted, .delivered, .read, .undone, .failed: return nil
            }
        }
    }

    /// Whatever is owed or promised stands in the queue.
    private func queue(_ views: [ConversationView], _ session: any StorageSession) throws -> [Violation] {
        let queue = try session.conversations.queue(QueueFilter(state: .owed), scope: world.cast.scope, limit: 100, cursor: nil).items
        let shown = Set(queue.map(\.conversation.id))
        let owed = Set(views.filter { $0.open != nil || !$0.promises.isEmpty }.map(\.conversation.id))
        guard shown != owed else { return [] }
        return [Violation(.owed, "owed are \(owed.count) conversations, and the queue shows \(shown.count)")]
    }

    /// Whatever has been owed for a day after its time has been brought before the principal.
    private func alarms(_ views: [ConversationView], _ session: any StorageSession) throws -> [Violation] {
        let yesterday = world.time.now() - .hours(24)
        let obligations = views.compactMap(\.open).filter { $0.dueAt < yesterday }.map { ($0.id.text, $0.escalation.level) }
        let commitments = try views.flatMap { try session.commitments.owed(in: $0.conversation.id) }.filter { $0.dueAt < yesterday }
            .map { ($0.id.text, $0.escalation.level) }
        return (obligations + commitments).filter { $0.1 < .principal }.map { id, level in
            Violation(.nothingIsStuck, "\(id) has been late for a day, and only the \(level.name) knows")
        }
    }

    private func leftovers(_ session: any StorageSession) throws -> [Violation] {
        var found: [Violation] = []
        let (unreadable, quarantined) = (world.judge.model.unreadable.count, try session.rawEvents.quarantinedCount())
        if quarantined < unreadable {
            found.append(Violation(.everythingIsAccountedFor, "\(unreadable) requests had something unreadable, \(quarantined) are shown"))
        }
        let waiting = try session.rawEvents.backlog().count
        if waiting > 0 { found.append(Violation(.nothingIsStuck, "\(waiting) requests are not projected after two days")) }
        if let due = try session.media.nextDueAt() {
            found.append(Violation(.nothingIsStuck, "a file is still to be fetched, at \(due.unixSeconds)"))
        }
        return found
    }
}
