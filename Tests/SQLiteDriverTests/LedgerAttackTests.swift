import DeskCore
import DeskServices
import DeskTesting
import SQLStore
import Testing

@testable import SQLiteDriver

/// Somebody with the database in hand, and what verifying then says (row 76 of the fault table, promise P9).
struct LedgerAttackTests {
    @Test(arguments: Attack.all)
    func whatWasDoneIsNamed(attack: Attack) async throws {
        let scene = try await Scene()
        #expect(try await scene.fault() == nil)
        try await scene.commit(attack.statements)
        #expect(try await scene.fault() == attack.finding)
    }

    /// Without a head that was kept elsewhere, nobody can know of entries that were cut off with everything that tells of them.
    @Test func aTailThatIsCutOffCleanlyIsFoundByAHeadThatWasKeptElsewhere() async throws {
        let scene = try await Scene()
        let kept = try #require(try await scene.newestHead())
        let older = LedgerHead(workspace: scene.workspace.id, sequence: 9, hash: try await scene.entry(9).hash)
        try await scene.commit(Attack.cleanCut)
        #expect(try await scene.fault() == nil)
        #expect(try await scene.fault(kept: [.signed(kept)]) == .cutOff(kept: 12, found: 6))
        #expect(try await scene.fault(kept: [.unsigned(older)]) == .cutOff(kept: 9, found: 6))
    }

    /// The whole ledger made anew, with hashes that are right and heads that are signed, by somebody who has the key as well.
    @Test func aLedgerThatWasMadeAnewIsFoundByAHeadThatWasKeptElsewhere() async throws {
        let scene = try await Scene()
        let kept = try #require(try await scene.newestHead())
        try await scene.commit(["DELETE FROM ledger_signed_heads", "DELETE FROM ledger_entries", "DELETE FROM ledger_heads"])
        try await scene.fill(14, subject: "forged")
        #expect(try await scene.fault() == nil)
        #expect(try await scene.fault(kept: [.signed(kept)]) == .headContradicted(size: 12))
    }

    @Test func anOldHeadIsPartOfTheLedgerItCameFrom() async throws {
        let scene = try await Scene()
        let old = try #require(try await scene.newestHead())
        try await scene.fill(3)
        #expect(try await scene.fault(kept: [.signed(old)]) == nil)
    }

    @Test func aHeadOfAnotherKeyIsNotTaken() async throws {
        let scene = try await Scene()
        scene.keys.forget()
        try await scene.fill(2)
        #expect(try await scene.fault() == .headNotSigned(size: 6))
    }

    @Test func twoWorkspacesThatAreSwappedAreFound() async throws {
        let scene = try await Scene()
        let other = try await scene.addWorkspace()
        for table in SwappedTable.allCases {
            try await scene.commit(table.swapping(scene.workspace.id, other.id))
        }
        #expect(try await scene.fault() == .altered(sequence: 1))
        #expect(try await scene.fault(of: other) == .altered(sequence: 1))
    }

    @Test func headsThatAreSwappedBetweenWorkspacesAreFound() async throws {
        let scene = try await Scene()
        let other = try await scene.addWorkspace()
        try await scene.commit(SwappedTable.signedHeads.swapping(scene.workspace.id, other.id))
        #expect(try await scene.fault() == .headMisplaced(size: 6))
        #expect(try await scene.fault(of: other) == .headMisplaced(size: 6))
    }
}

/// Something done to the tables, and the finding that names it.
struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let statements: [SQLStatement]
    let finding: LedgerFault

    /// Whatever tells of the last entries goes with them.
    static let cleanCut: [SQLStatement] = [
        "DELETE FROM ledger_entries WHERE sequence > 6", "DELETE FROM ledger_signed_heads WHERE size > 6",
        "UPDATE ledger_heads SET sequence = 6, hash = (SELECT hash FROM ledger_entries WHERE sequence = 6)",
    ]

    static let all = entries + heads

    private static let entries = [
        Attack("a subject edited", .altered(sequence: 5), "UPDATE ledger_entries SET subject = 'message-9' WHERE sequence = 5"),
        Attack("a time edited", .altered(sequence: 5), "UPDATE ledger_entries SET at = at - 1 WHERE sequence = 5"),
        Attack("a kind edited", .altered(sequence: 5), "UPDATE ledger_entries SET kind = 'reply_undone' WHERE sequence = 5"),
        Attack("a kind that is none", .unreadable(sequence: 5), "UPDATE ledger_entries SET kind = 'nothing' WHERE sequence = 5"),
        Attack("a detail edited", .altered(sequence: 5), "UPDATE ledger_entries SET details = '{\"number\":\"6\"}' WHERE sequence = 5"),
        Attack("details removed", .altered(sequence: 5), "UPDATE ledger_entries SET details = NULL WHERE sequence = 5"),
        Attack("details that are none", .unreadable(sequence: 5), "UPDATE ledger_entries SET details = '{' WHERE sequence = 5"),
        Attack("a hash edited", .altered(sequence: 5), "UPDATE ledger_entries SET hash = previous_hash WHERE sequence = 5"),
        Attack("a link edited", .notChained(sequence: 5), "UPDATE ledger_entries SET previous_hash = hash WHERE sequence = 5"),
        Attack("one removed", .missing(expected: 5, found: 6), "DELETE FROM ledger_entries WHERE sequence = 5"),
        Attack("the first removed", .missing(expected: 1, found: 2), "DELETE FROM ledger_entries WHERE sequence = 1"),
        Attack(
            "one removed and the rest moved up", .notChained(sequence: 5), "DELETE FROM ledger_entries WHERE sequence = 5",
            "UPDATE ledger_entries SET sequence = -sequence WHERE sequence > 5",
            "UPDATE ledger_entries SET sequence = -sequence - 1 WHERE sequence < 0"),
        Attack(
            "two swapped", .notChained(sequence: 5), "UPDATE ledger_entries SET sequence = -5 WHERE sequence = 5",
            "UPDATE ledger_entries SET sequence = 5 WHERE sequence = 6", "UPDATE ledger_entries SET sequence = 6 WHERE sequence = -5"),
        Attack(
            "one put in", .notChained(sequence: 6), "UPDATE ledger_entries SET sequence = -sequence WHERE sequence > 5",
            "UPDATE ledger_entries SET sequence = 1 - sequence WHERE sequence < 0",
            """
            INSERT INTO ledger_entries (workspace, sequence, at, kind, subject, details, previous_hash, hash)
            SELECT workspace, 6, at, kind, 'message-0', details, previous_hash, hash FROM ledger_entries WHERE sequence = 5
            """),
        Attack("one put in after the last", .altered(sequence: 15), appended),
        Attack("the tail cut off", .missing(expected: 14, found: 13), "DELETE FROM ledger_entries WHERE sequence > 13"),
        Attack(
            "the tail cut off with the number that tells", .cutOff(kept: 12, found: 11),
            "DELETE FROM ledger_entries WHERE sequence > 11",
            "UPDATE ledger_heads SET sequence = 11, hash = (SELECT hash FROM ledger_entries WHERE sequence = 11)"),
        Attack("all removed", .missing(expected: 14, found: 0), "DELETE FROM ledger_entries"),
    ]

    private static let appended: SQLStatement = """
        INSERT INTO ledger_entries (workspace, sequence, at, kind, subject, details, previous_hash, hash)
        SELECT workspace, 15, at, kind, subject, details, hash, hash FROM ledger_entries WHERE sequence = 14
        """

    private static let heads = [
        Attack("a head's size edited", .headMisplaced(size: 6), "UPDATE ledger_signed_heads SET size = 7 WHERE size = 6"),
        Attack("a head's root edited", .headNotSigned(size: 6), "UPDATE ledger_signed_heads SET note = \(forged) WHERE size = 6"),
        Attack("a head that is none", .headUnreadable(after: 6), "UPDATE ledger_signed_heads SET note = 'x' || note WHERE size = 6"),
        Attack(
            "an old head in the place of the newest", .headMisplaced(size: 6),
            "UPDATE ledger_signed_heads SET note = (SELECT note FROM ledger_signed_heads WHERE size = 6) WHERE size = 12"),
    ]

    /// The head's own text with another root: one digit of its base 64 replaced by a neighbour.
    private static let forged: SQLStatement = """
        substr(note, 1, instr(note, char(10) || '6' || char(10)) + 2)
            || CASE substr(note, instr(note, char(10) || '6' || char(10)) + 3, 1) WHEN 'A' THEN 'B' ELSE 'A' END
            || substr(note, instr(note, char(10) || '6' || char(10)) + 4)
        """

    private init(_ description: String, _ finding: LedgerFault, _ statements: SQLStatement...) {
        testDescription = description
        self.finding = finding
        self.statements = statements
    }
}

private enum SwappedTable: CaseIterable {
    case entries, heads, signedHeads

    func swapping(_ one: Workspace.ID, _ other: Workspace.ID) -> [SQLStatement] {
        let parking: SQLStatement = "UPDATE \(table) SET workspace = 'parked' WHERE workspace = \(one)"
        return [
            parking, "UPDATE \(table) SET workspace = \(one) WHERE workspace = \(other)",
            "UPDATE \(table) SET workspace = \(other) WHERE workspace = 'parked'",
        ]
    }

    private var table: SQLStatement {
        switch self {
        case .entries: "ledger_entries"
        case .heads: "ledger_heads"
        case .signedHeads: "ledger_signed_heads"
        }
    }
}

/// A ledger of 14 entries in a file, with heads after 6 and 12.
private struct Scene {
    let folder: TemporaryFolder
    let database: SQLiteDatabase
    let storage: SQLStorage
    let keys = MemoryHeadKeys()
    let workspace: Workspace
    private let build = DeskBuilder()

    init() async throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.path("desk.sqlite")) { _ in }
        try await Migrator().migrate(database, .sample())
        storage = SQLStorage(database, .sample())
        workspace = build.workspace()
        let workspace = workspace
        try await storage.write { try $0.workspaces.insert(workspace) }
        try await fillWithHeads(workspace)
    }

    func addWorkspace() async throws -> Workspace {
        let other = build.workspace("Dos")
        try await storage.write { session in
            try session.workspaces.insert(other)
            try session.workspaces.insert(
                Workspace(
                    id: Workspace.ID("parked"), name: "-", locale: "es", timeZone: "UTC", answerTarget: .minutes(1), createdAt: build.now))
        }
        try await fillWithHeads(other)
        return other
    }

    private func fillWithHeads(_ workspace: Workspace) async throws {
        try await fill(6, in: workspace)
        try await makeHead(of: workspace)
        try await fill(6, in: workspace)
        try await makeHead(of: workspace)
        try await fill(2, in: workspace)
    }

    func fill(_ count: Int, subject: String = "message", in workspace: Workspace? = nil) async throws {
        let (id, now) = ((workspace ?? self.workspace).id, build.now)
        try await storage.write { session in
            for number in 1...count {
                let fact = LedgerFact(.messageReceived, "\(subject)-\(number)", ["number": "\(number)"])
                try session.ledger.append(fact, in: id, at: now)
            }
        }
    }

    private func makeHead(of workspace: Workspace) async throws {
        try await MakeHeads(storage, time: ManualTime(), signing: keys).make(of: workspace.id)
    }

    func newestHead() async throws -> SignedHead? {
        let id = workspace.id
        return try await storage.read { try $0.heads.newest(of: id)?.head }
    }

    func entry(_ sequence: Int64) async throws -> LedgerEntry {
        let id = workspace.id
        let entries = try await storage.read { try $0.ledger.entries(of: id, after: sequence - 1, limit: 1) }
        return try #require(entries.first)
    }

    func commit(_ statements: [SQLStatement]) async throws {
        try await database.write { connection in
            for statement in statements { try connection.run(statement) }
        }
    }

    func fault(of workspace: Workspace? = nil, kept: [KeptHead] = []) async throws -> LedgerFault? {
        let workspace = workspace ?? self.workspace
        let key = try await keys.key(of: workspace.id) ?? HeadSigner(of: workspace.id).key
        return try await VerifyLedger(storage, keys: [key], kept: kept).verify(workspace).fault
    }
}
