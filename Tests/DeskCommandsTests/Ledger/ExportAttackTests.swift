import DeskCore
import DeskTesting
import Foundation
import Testing

@testable import DeskCommands

/// Somebody with an export and an editor, and what verifying then says (promise P9).
struct ExportAttackTests {
    @Test func anExportThatNobodyTouchedIsIntact() async throws {
        let scene = try await ExportScene()
        let findings = try scene.findings(try await scene.lines(), kept: [.signed(scene.kept)])
        #expect(findings.map(\.workspace) == [scene.first.id, scene.second.id])
        #expect(findings.allSatisfy { $0.fault == nil && $0.head.sequence == 14 && $0.headCount == 2 })
    }

    @Test(arguments: TextAttack.all)
    func whatWasDoneIsNamed(attack: TextAttack) async throws {
        let scene = try await ExportScene()
        let findings = try scene.findings(attack.apply(try await scene.lines()))
        #expect(findings.first?.fault == attack.finding)
        #expect(findings.last?.fault == nil || findings.count == 1)
    }

    /// Lines 1 to 7 are the beginning and six entries, line 8 the head of six.
    @Test func aTailThatIsCutOffIsFoundByAHeadThatWasKeptElsewhere() async throws {
        let scene = try await ExportScene()
        let cut = Array(try await scene.lines().prefix(8))
        #expect(try scene.findings(cut).first?.fault == nil)
        #expect(try scene.findings(cut, kept: [.signed(scene.kept)]).first?.fault == .cutOff(kept: 12, found: 6))
    }

    @Test func aLedgerThatIsNotThereAtAllIsFoundByAHeadThatWasKeptElsewhere() async throws {
        let scene = try await ExportScene()
        let lines = try await scene.lines()
        let second = Array(lines.suffix(lines.count / 2))
        #expect(try scene.findings(second, kept: [.signed(scene.kept)]).last?.fault == .cutOff(kept: 12, found: 0))
    }

    @Test func onlyTrustedKeysCount() async throws {
        let scene = try await ExportScene()
        let stranger = HeadSigner(of: scene.first.id).key
        #expect(try scene.findings(try await scene.lines(), keys: [stranger]).first?.fault == .headNotSigned(size: 6))
        let key = try #require(try await scene.keys.key(of: scene.first.id))
        #expect(try scene.findings(try await scene.lines(), keys: [key]).first?.fault == nil)
    }

    @Test func twoLedgersThatAreSwappedAreFound() async throws {
        let scene = try await ExportScene()
        var lines = try await scene.lines()
        lines.swapAt(0, lines.count / 2)
        let findings = try scene.findings(lines)
        #expect(findings.map(\.fault) == [.altered(sequence: 1), .altered(sequence: 1)])
    }

    @Test(arguments: ["", "\n", "{}\n", "hello\n", "{\"ledger\":\"w\",\"format\":\"another\"}\n"])
    func whatIsNoExportIsRefused(text: String) throws {
        let folder = try TemporaryFolder()
        try text.write(toFile: folder.path("file"), atomically: true, encoding: .utf8)
        #expect(throws: DeskError.self) { try ExportReader(keys: [], kept: []).verify(folder.path("file")) }
    }
}

/// Something done to the lines of an export's first ledger.
struct TextAttack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let finding: LedgerFault
    let apply: @Sendable ([String]) -> [String]

    /// Line 0 begins the ledger, lines 1 to 6 are entries 1 to 6, line 7 is the head of six, lines 8 to 13 are entries 7 to 12, line 14
    /// is the head of twelve.
    static let all = [
        edit("a subject", "message-5", "message-6", .altered(sequence: 5)),
        edit("a kind", "message_received", "reply_undone", .altered(sequence: 5)),
        edit("a kind that is none", "message_received", "nothing", .unreadable(sequence: 5)),
        edit("a detail", "\"of\":\"6\"", "\"of\":\"7\"", .altered(sequence: 5)),
        edit("a sequence", "\"sequence\":5", "\"sequence\":6", .missing(expected: 5, found: 6)),
        edit("the line", "{", "[", .unreadable(sequence: 5)),
        TextAttack("an entry removed", .missing(expected: 5, found: 6)) { $0.without(5) },
        TextAttack("an entry twice", .missing(expected: 6, found: 5)) { $0.with($0[5], at: 6) },
        TextAttack("two entries swapped", .missing(expected: 5, found: 6)) { $0.swapped(5, 6) },
        TextAttack("an entry of the other ledger put in", .altered(sequence: 1)) { $0.without(1).with($0[$0.count / 2 + 1], at: 1) },
        TextAttack("an empty line", .unreadable(sequence: 5)) { $0.with("", at: 5) },
        TextAttack("a head forged", .headNotSigned(size: 6)) { $0.replacing(7, "chain ", "chain 0", dropping: 1) },
        TextAttack("a head that is none", .headUnreadable(after: 6)) { $0.replacing(7, "contesta", "kontesta") },
        TextAttack("an old head again", .headMisplaced(size: 6)) { $0.without(14).with($0[7], at: 14) },
        TextAttack("a head of the other ledger", .headMisplaced(size: 6)) { $0.without(7).with($0[$0.count / 2 + 7], at: 7) },
        TextAttack("a head too early", .headMisplaced(size: 6)) { $0.swapped(6, 7) },
        TextAttack("the key of another", .headNotSigned(size: 6)) { lines in
            lines.without(0).with(
                lines[0].replacing(#/"key":"[^"]*"/#, with: #""key":"\#(HeadSigner(of: Workspace.ID("w")).key.text)""#), at: 0)
        },
    ]

    private static func edit(_ what: String, _ old: String, _ new: String, _ finding: LedgerFault) -> TextAttack {
        TextAttack("\(what) edited", finding) { $0.replacing(5, old, new) }
    }

    private init(_ description: String, _ finding: LedgerFault, apply: @escaping @Sendable ([String]) -> [String]) {
        testDescription = description
        self.finding = finding
        self.apply = apply
    }
}

extension [String] {
    fileprivate func without(_ place: Int) -> [String] {
        var lines = self
        lines.remove(at: place)
        return lines
    }

    fileprivate func with(_ line: String, at place: Int) -> [String] {
        var lines = self
        lines.insert(line, at: place)
        return lines
    }

    fileprivate func swapped(_ one: Int, _ other: Int) -> [String] {
        var lines = self
        lines.swapAt(one, other)
        return lines
    }

    /// Replaces the first occurrence of some words in a line, and as many characters behind them.
    fileprivate func replacing(_ place: Int, _ old: String, _ new: String, dropping count: Int = 0) -> [String] {
        var lines = self
        guard let range = lines[place].firstRange(of: old) else { return lines }
        let end = lines[place].index(range.upperBound, offsetBy: count)
        lines[place].replaceSubrange(range.lowerBound..<end, with: new)
        return lines
    }
}
