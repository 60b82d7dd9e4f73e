import DeskCore
import Testing

/// The proof log shows every alteration (promise P9).
struct LedgerChainTests {
    @Test func followsALedgerThatNobodyTouched() throws {
        let entries = ledger(of: 50)
        var chain = LedgerChain(of: Sample.workspace)
        for entry in entries { try chain.follow(entry) }

        #expect(chain.head.sequence == 50)
        #expect(chain.head.hash == entries.last?.hash)
    }

    @Test func beginsWithZeros() throws {
        let first = try #require(ledger(of: 1).first)
        #expect(first.sequence == 1)
        #expect(first.previousHash == String(repeating: "0", count: 64))
    }

    @Test(arguments: Alteration.all)
    func namesTheEntryThatWasAltered(alteration: Alteration) throws {
        var entries = ledger(of: 5)
        entries[2] = alteration.apply(entries[2])
        #expect(fault(in: entries) == .altered(sequence: 3))
    }

    @Test(arguments: Alteration.all)
    func whoeverAlsoMendsTheHashIsFoundAtTheNextEntry(alteration: Alteration) throws {
        var entries = ledger(of: 5)
        entries[2] = alteration.apply(entries[2])
        entries[2] = entries[2].with(hash: entries[2].computedHash)
        #expect(fault(in: entries) == .notChained(sequence: 4))
    }

    @Test(arguments: ["", String(repeating: "0", count: 64)])
    func aReplacedHashIsFound(hash: String) {
        var entries = ledger(of: 5)
        entries[2] = entries[2].with(hash: hash)
        #expect(fault(in: entries) == .altered(sequence: 3))
    }

    @Test func aBrokenLinkIsFound() {
        var entries = ledger(of: 5)
        entries[2] = entries[2].with(previousHash: entries[0].hash)
        #expect(fault(in: entries) == .notChained(sequence: 3))
    }

    @Test func aMissingEntryIsFound() {
        var entries = ledger(of: 5)
        entries.remove(at: 2)
        #expect(fault(in: entries) == .missing(expected: 3, found: 4))
    }

    @Test func aMissingBeginningIsFound() {
        #expect(fault(in: Array(ledger(of: 5).dropFirst())) == .missing(expected: 1, found: 2))
    }

    @Test func swappedEntriesAreFound() {
        var entries = ledger(of: 5)
        entries.swapAt(1, 2)
        #expect(fault(in: entries) == .missing(expected: 2, found: 3))
    }

    @Test func aRepeatedEntryIsFound() {
        var entries = ledger(of: 5)
        entries.insert(entries[2], at: 3)
        #expect(fault(in: entries) == .missing(expected: 4, found: 3))
    }

    @Test func anotherWorkspacesLedgerDoesNotPass() {
        let entries = ledger(of: 5, workspace: Workspace.ID("other"))
        #expect(fault(in: entries) == .missing(expected: 1, found: 1))
    }

    @Test func anEntrySlippedInFromAnotherWorkspaceIsFound() {
        var entries = ledger(of: 5)
        entries[2] = ledger(of: 5, workspace: Workspace.ID("other"))[2]
        #expect(fault(in: entries) == .missing(expected: 3, found: 3))
    }

    private func ledger(of count: Int, workspace: Workspace.ID = Sample.workspace) -> [LedgerEntry] {
        var head = LedgerHead(emptyLedgerOf: workspace)
        return (1...count).map { number in
            let fact = LedgerFact(.messageReceived, "message-\(number)", ["conversation": "c", "inbox": "i"])
            let entry = head.recording(fact, at: Sample.noon + .seconds(number))
            head = LedgerHead(workspace: workspace, sequence: entry.sequence, hash: entry.hash)
            return entry
        }
    }

    private func fault(in entries: [LedgerEntry]) -> LedgerFault? {
        var chain = LedgerChain(of: Sample.workspace)
        do {
            for entry in entries { try chain.follow(entry) }
            return nil
        } catch {
            return error
        }
    }
}

/// One way of lying about an entry.
struct Alteration: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (LedgerEntry) -> LedgerEntry

    static let all = [
        Alteration(testDescription: "its time by a microsecond") { $0.with(at: Instant(microseconds: $0.at.microseconds + 1)) },
        Alteration(testDescription: "its kind") { $0.with(kind: .eventQuarantined) },
        Alteration(testDescription: "its subject") { $0.with(subject: "message-4") },
        Alteration(testDescription: "a detail's value") { $0.with(details: ["conversation": "c", "inbox": "other"]) },
        Alteration(testDescription: "a detail's name") { $0.with(details: ["conversation": "c", "inbox2": "i"]) },
        Alteration(testDescription: "the border between a detail's name and value") {
            $0.with(details: ["conversation": "c", "inbo": "xi"])
        },
        Alteration(testDescription: "a detail too few") { $0.with(details: ["conversation": "c"]) },
        Alteration(testDescription: "a detail too many") { $0.with(details: $0.details.merging(["more": ""]) { old, _ in old }) },
    ]
}

extension LedgerEntry {
    fileprivate func with(
        at: Instant? = nil, kind: Kind? = nil, subject: String? = nil, details: [String: String]? = nil, previousHash: String? = nil,
        hash: String? = nil
    ) -> LedgerEntry {
        LedgerEntry(
            workspace: workspace, sequence: sequence, at: at ?? self.at, kind: kind ?? self.kind, subject: subject ?? self.subject,
            details: details ?? self.details, previousHash: previousHash ?? self.previousHash, hash: hash ?? self.hash)
    }
}
