import ChannelKit
import DeskCore
import DeskServices
import DeskWeb

/// Lives through the bakery's last days, from the founding of its desk to the moment at which the demonstration starts. All of it is
/// done by the very use cases that a real desk runs, each at its time, so that obligations, deliveries and ledger are what they say.
struct DemoSeed: Sendable {
    private static let undoTime = Duration.seconds(5)

    private let context: DeskContext
    private let passwords: any PasswordHashing
    private let blobs: any BlobStoring
    private let clock: SeedClock
    private let meta: PastMeta
    private let now: Instant

    /// - Parameter now: when the demonstration starts; everything lies before it.
    init(_ desk: Desk, now: Instant) {
        let clock = SeedClock(DemoFounding.moment.instant(before: now))
        let meta = PastMeta(clock: clock)
        context = DeskContext(
            storage: desk.context.storage, time: clock, identifiers: desk.context.identifiers, chance: desk.context.chance,
            timeZones: desk.context.timeZones,
            channels: AdapterGateway(adapters: Desk.adapters, blobs: desk.blobs, disk: desk.disk, egress: meta),
            logger: desk.context.logger,
            options: DeskOptions(undoTime: Self.undoTime))
        passwords = desk.passwords
        blobs = desk.blobs
        self.clock = clock
        self.meta = meta
        self.now = now
    }

    /// Fills the empty desk. What the past can't read comes last: a desk without it was not finished.
    func plant() async throws {
        let founding = try await DemoFounding(context: context, passwords: passwords).found()
        let players = DemoPlayers(
            context: context, blobs: blobs, meta: meta, people: founding.people, inboxes: founding.inboxes)
        for entry in agenda() {
            try await catchUp(to: entry.at, with: players)
            try await perform(entry, with: players)
        }
        try await catchUp(to: now, with: players)
        try await players.receiveUnreadable()
    }

    // MARK: The agenda

    private enum Step {
        case deed(Deed.Act, Story)
        /// The undo time of a reply has passed.
        case deliver
    }

    private struct Entry {
        let at: Instant
        let place: Int
        let step: Step
    }

    /// All deeds of all stories in the order of their times.
    private func agenda() -> [Entry] {
        var entries: [Entry] = []
        for story in Stories.all {
            var at = story.begins.instant(before: now)
            for deed in story.deeds {
                at = min(at + .minutes(deed.after) + .seconds(9), now)
                entries.append(Entry(at: at, place: entries.count, step: .deed(deed.act, story)))
                guard case .replies = deed.act else { continue }
                entries.append(Entry(at: min(at + Self.undoTime, now), place: entries.count, step: .deliver))
            }
        }
        return entries.sorted { ($0.at, $0.place) < ($1.at, $1.place) }
    }

    private func perform(_ entry: Entry, with players: DemoPlayers) async throws {
        clock.turn(to: entry.at)
        switch entry.step {
        case .deed(let act, let story): try await players.perform(act, in: story)
        case .deliver: await DeliverReplies(context, doorbell: Doorbell()).deliverDue()
        }
    }

    /// Takes in what Meta told the webhooks meanwhile, each at its own time.
    private func catchUp(to instant: Instant, with players: DemoPlayers) async throws {
        for notice in await meta.notices(upTo: instant) {
            clock.turn(to: notice.at)
            try await players.receive(notice)
        }
    }
}
