import DeskCore
import Testing

/// Every event in every state of a delivery (promise P4). `·` leaves the state as it is, `✗` is refused.
struct AttemptTableTests {
    private static let outcomes = """
                      held      queued    sending   accepted  delivered read  failed    unknown   undone
        undo          undone    ✗         ✗         ✗         ✗         ✗     ✗         ✗         ✗
        sendNow       ·         ·         ·         ·         ·         ·     ·         ·         ·
        claimed       sending   sending   ·         ·         ·         ·     ·         ·         ·
        accepted      accepted  accepted  accepted  ·         ·         ·     ·         accepted  ·
        refused       ·         ·         failed    ·         ·         ·     ·         ·         ·
        stumbled      ·         ·         queued    ·         ·         ·     ·         ·         ·
        tooFast       ·         ·         queued    ·         ·         ·     ·         ·         ·
        ambiguous     ·         ·         unknown   ·         ·         ·     ·         ·         ·
        postponed     ·         ·         queued    ·         ·         ·     ·         ·         ·
        interrupted   ·         ·         unknown   ·         ·         ·     ·         ·         ·
        isSent        accepted  accepted  accepted  ·         ·         ·     ·         accepted  ·
        isDelivered   delivered delivered delivered delivered ·         ·     delivered delivered ·
        isRead        read      read      read      read      read      ·     read      read      ·
        isFailed      failed    ·         failed    failed    ·         ·     ·         failed    ·
        confirmedSent ✗         ✗         ✗         ✗         ✗         ✗     ✗         accepted  ✗
        sendAgain     ✗         ✗         ✗         ✗         ✗         ✗     queued    queued    ✗
        """

    private static let effects = """
                      held       queued     sending    accepted   delivered  read failed     unknown    undone
        undo          undone     ✗          ✗          ✗          ✗          ✗    ✗          ✗          ✗
        sendNow       waits      ·          ·          ·          ·          ·    ·          ·          ·
        claimed       progressed progressed ·          ·          ·          ·    ·          ·          ·
        accepted      taken      taken      taken      ·          ·          ·    ·          taken      ·
        refused       ·          ·          failed     ·          ·          ·    ·          ·          ·
        stumbled      ·          ·          waits      ·          ·          ·    ·          ·          ·
        tooFast       ·          ·          waits      ·          ·          ·    ·          ·          ·
        ambiguous     ·          ·          unknown    ·          ·          ·    ·          ·          ·
        postponed     ·          ·          waits      ·          ·          ·    ·          ·          ·
        interrupted   ·          ·          unknown    ·          ·          ·    ·          ·          ·
        isSent        taken      taken      taken      ·          ·          ·    ·          taken      ·
        isDelivered   taken      taken      taken      progressed ·          ·    taken      taken      ·
        isRead        taken      taken      taken      progressed progressed ·    taken      taken      ·
        isFailed      failed     ·          failed     failed     ·          ·    ·          failed     ·
        confirmedSent ✗          ✗          ✗          ✗          ✗          ✗    ✗          taken      ✗
        sendAgain     ✗          ✗          ✗          ✗          ✗          ✗    queued     queued     ✗
        """

    @Test(arguments: Table(outcomes).cells)
    func anEventMovesADeliveryAsTheTableSays(cell: Table.Cell) throws {
        var attempt = try #require(Attempt.samples[cell.state])
        let event = try #require(Attempt.Event.samples[cell.event])
        let before = attempt.state.name
        switch cell.outcome {
        case "✗":
            #expect(throws: DeskError.self) { try attempt.handle(event, at: Sample.noon) }
            #expect(attempt.state.name == before)
        case "·":
            _ = try attempt.handle(event, at: Sample.noon)
            #expect(attempt.state.name == before)
        default:
            _ = try attempt.handle(event, at: Sample.noon)
            #expect(attempt.state.name == cell.outcome)
        }
    }

    @Test(arguments: Table(effects).cells.filter { $0.outcome != "✗" })
    func anEventMeansToTheDeskWhatTheTableSays(cell: Table.Cell) throws {
        var attempt = try #require(Attempt.samples[cell.state])
        let event = try #require(Attempt.Event.samples[cell.event])

        #expect(try attempt.handle(event, at: Sample.noon).word == cell.outcome)
    }

    @Test func theTablesHaveARowForEveryEventAndAColumnForEveryState() {
        for table in [Table(Self.outcomes), Table(Self.effects)] {
            #expect(table.cells.count == Attempt.samples.count * Attempt.Event.samples.count)
            #expect(Set(table.cells.map(\.state)) == Set(Attempt.samples.keys))
            #expect(Set(table.cells.map(\.event)) == Set(Attempt.Event.samples.keys))
        }
    }
}

/// A table of words: the first line names the columns, the first word of each other line its row.
struct Table {
    struct Cell: Sendable, CustomTestStringConvertible {
        let event: String
        let state: String
        let outcome: String

        var testDescription: String { "\(event) while \(state): \(outcome)" }
    }

    let cells: [Cell]

    init(_ text: String) {
        let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let states = rows.first ?? []
        cells = rows.dropFirst().flatMap { row in
            zip(states, row.dropFirst()).map { Cell(event: row.first ?? "", state: $0, outcome: $1) }
        }
    }
}

extension Attempt {
    /// One in each state, after one call if there was one.
    fileprivate static var samples: [String: Attempt] {
        let states: [DeliveryState] = [
            .held, .queued, .sending, .accepted, .delivered, .read, .failed(Sample.failure()), .unknown(reason: "timeout"), .undone,
        ]
        return Dictionary(uniqueKeysWithValues: states.map { ($0.name, Attempt.sample($0)) })
    }
}

extension Attempt.Event {
    /// An event by the word that the tables use. The switch keeps the tables complete: a new event has to be given a row.
    fileprivate static var samples: [String: Attempt.Event] {
        let events: [Attempt.Event] = [
            .undo, .sendNow, .claimed, .called(.accepted(providerID: "wamid.1")), .called(.rejected(Sample.failure())),
            .called(.rejected(Sample.failure(.transient))), .called(.rejected(Sample.failure(.rate))),
            .called(.unknown(reason: "timeout")), .postponed(until: .noon(plus: .seconds(6))), .interrupted,
            .reported(.sent, providerID: "wamid.1", nil), .reported(.delivered, providerID: "wamid.1", nil),
            .reported(.read, providerID: "wamid.1", nil), .reported(.failed, providerID: "wamid.1", Sample.failure()), .confirmedSent,
            .sendAgain,
        ]
        return Dictionary(uniqueKeysWithValues: events.map { ($0.word, $0) })
    }

    private var word: String {
        switch self {
        case .undo: "undo"
        case .sendNow: "sendNow"
        case .claimed: "claimed"
        case .called(.accepted): "accepted"
        case .called(.rejected(let failure)): ["transient": "stumbled", "rate": "tooFast"][failure.class.rawValue] ?? "refused"
        case .called(.unknown): "ambiguous"
        case .postponed: "postponed"
        case .interrupted: "interrupted"
        case .restored: "restored"
        case .reported(let stage, _, _): "is" + stage.rawValue.prefix(1).uppercased() + stage.rawValue.dropFirst()
        case .confirmedSent: "confirmedSent"
        case .sendAgain: "sendAgain"
        }
    }
}

extension Attempt.Effect {
    fileprivate var word: String {
        switch self {
        case .none: "·"
        case .taken: "taken"
        case .failed: "failed"
        case .waits: "waits"
        case .becameUnknown: "unknown"
        case .undone: "undone"
        case .queued: "queued"
        case .progressed: "progressed"
        }
    }
}
