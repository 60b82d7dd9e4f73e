import ArgumentParser
import DeskCore
import DeskServices

/// `contesta ledger verify`.
struct LedgerVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that nothing in the ledgers was altered, removed or put in.",
        discussion: """
            Checks the live ledgers, or with --file an export, with --receipt the receipt of one message, or with --consistency the proof \
            that the ledger only grew since the head that --head gives; all but the first need no desk. \
            Exit 0: intact. Exit 1: broken; the first bad entry is named.

            With --head, a head that was kept elsewhere must be part of the ledger: only that tells when entries were cut off the end. \
            With --key, only signatures by these keys count; without, the key that comes with what is checked.
            """)

    @Option(help: ArgumentHelp("A head that was kept elsewhere: a signed note, or what `ledger head --json` printed.", valueName: "file"))
    var head: [String] = []

    @Option(help: ArgumentHelp("An export to check instead of the live ledgers.", valueName: "export"))
    var file: String?

    @Option(help: ArgumentHelp("A message's receipt to check.", valueName: "receipt"))
    var receipt: String?

    @Option(help: ArgumentHelp("A proof to check that the ledger only grew since --head.", valueName: "proof"))
    var consistency: String?

    @Option(help: ArgumentHelp("A key that is trusted, or a file that holds it.", valueName: "key"))
    var key: [String] = []

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard [file, receipt, consistency].compactMap(\.self).count <= 1 else {
            throw ValidationError("Give one of --file, --receipt and --consistency.")
        }
        guard consistency == nil || head.count == 1 else { throw ValidationError("--consistency needs the one --head that was kept.") }
    }

    func run() async throws {
        let reports = try await CommandFailure.telling { try await examine() }
        for report in reports { print(report.line) }
        if reports.contains(where: { !$0.isIntact }) { throw ExitCode(1) }
    }

    private func examine() async throws -> [VerifyReport] {
        let keys = try LedgerInput.keys(key)
        if let receipt { return [Self.report(try LedgerInput.receipt(in: receipt), keys)] }
        if let consistency { return [try growth(consistency, keys)] }
        let kept = try head.flatMap(LedgerInput.heads)
        if let file {
            return try ExportReader(keys: keys, kept: kept).verify(file).map { finding in
                VerifyReport(finding.workspace.text, finding.head, finding.headCount, finding.fault)
            }
        }
        return try await liveReports(keys, kept)
    }

    private func liveReports(_ keys: [LedgerKey], _ kept: [KeptHead]) async throws -> [VerifyReport] {
        try await store.withDesk { desk in
            let workspaces = try await desk.context.storage.read { try $0.workspaces.all() }
            var reports: [VerifyReport] = []
            for workspace in workspaces {
                let own = keys.isEmpty ? [try await desk.headKeys.key(of: workspace.id)].compactMap(\.self) : keys
                let finding = try await VerifyLedger(desk.context.storage, keys: own, kept: kept).verify(workspace)
                reports.append(VerifyReport("\(workspace.name) (\(workspace.id))", finding.head, finding.headCount, finding.fault))
            }
            let lost = kept.filter { head in !workspaces.contains { $0.id == head.workspace } }
            return reports
                + lost.map { head in
                    VerifyReport(
                        head.workspace.text, LedgerHead(emptyLedgerOf: head.workspace), 0, .cutOff(kept: head.size, found: 0))
                }
        }
    }

    private static func report(_ receipt: LedgerReceipt, _ keys: [LedgerKey]) -> VerifyReport {
        do {
            let own = [LedgerKey(text: receipt.key)].compactMap(\.self)
            let checkpoint = try receipt.verify(by: keys.isEmpty ? own : keys)
            let numbers = receipt.entries.map { String($0.sequence) }.joined(separator: ", ")
            let trust = keys.isEmpty ? "; the key is the receipt's own, compare it with one that you trust: \(receipt.key)" : ""
            return VerifyReport(
                isIntact: true,
                line: "intact: message \(receipt.message), entries \(numbers) are in the ledger with \(checkpoint.size) entries\(trust)")
        } catch {
            return VerifyReport(isIntact: false, line: "broken: message \(receipt.message), \(words(error))")
        }
    }

    private func growth(_ path: String, _ keys: [LedgerKey]) throws -> VerifyReport {
        let proof = try LedgerInput.consistencyProof(in: path)
        let kept = try LedgerInput.signedHead(in: head[0])
        let own = [LedgerKey(text: proof.key)].compactMap(\.self)
        do {
            let checkpoint = try proof.verify(from: kept, by: keys.isEmpty ? own : keys)
            let trust = keys.isEmpty ? "; the key is the proof's own, compare it with one that you trust: \(proof.key)" : ""
            return VerifyReport(
                isIntact: true,
                line: "intact: the \(proof.fromSize) entries of the kept head are the first of the ledger with \(checkpoint.size)\(trust)")
        } catch {
            return VerifyReport(isIntact: false, line: "broken: ledger \(proof.workspace), \(Self.words(error))")
        }
    }

    private static func words(_ fault: ConsistencyProof.Fault) -> String {
        switch fault {
        case .headUnreadable: "the signed head can't be read"
        case .headOfAnotherLedger: "the heads are not both of this ledger"
        case .headNotSigned: "the head is not signed by the key"
        case .keptHeadNotSigned: "the head that was kept is not signed by the key"
        case .proofUnreadable: "the proof can't be read"
        case .notFromTheKeptHead(let size): "the proof does not begin at the \(size) entries of the head that was kept"
        case .rewritten(let size): "its first \(size) entries are not those of the head that was kept"
        }
    }

    private static func words(_ fault: LedgerReceipt.Fault) -> String {
        switch fault {
        case .empty: "the receipt has no entries"
        case .headUnreadable: "the signed head can't be read"
        case .headOfAnotherLedger: "the signed head is of another ledger"
        case .headNotSigned: "the head is not signed by the key"
        case .entryUnreadable(let sequence): "entry \(sequence) can't be read"
        case .entryAltered(let sequence): "entry \(sequence) was altered"
        case .entryNotIncluded(let sequence): "entry \(sequence) is not in the ledger that the head stands for"
        case .notAboutTheMessage: "no entry is about the message"
        }
    }
}

/// What is said of one ledger or receipt.
struct VerifyReport {
    let isIntact: Bool
    let line: String

    init(isIntact: Bool, line: String) {
        self.isIntact = isIntact
        self.line = line
    }

    init(_ name: String, _ head: LedgerHead, _ headCount: Int, _ fault: LedgerFault?) {
        isIntact = fault == nil
        line =
            fault.map { "broken: \(name), \(Self.words($0))" }
            ?? "intact: \(name), \(head.sequence) entries, \(headCount) signed heads, head \(head.hash)"
    }

    private static func words(_ fault: LedgerFault) -> String {
        switch fault {
        case .missing(let expected, let found): "entry \(expected) is missing (found \(found) instead)"
        case .notChained(let sequence): "entry \(sequence) does not follow from the one before"
        case .altered(let sequence): "entry \(sequence) was altered"
        case .unreadable(let sequence): "entry \(sequence) can't be read"
        case .headUnreadable(let sequence): "the signed head after entry \(sequence) can't be read"
        case .headMisplaced(let size): "the signed head of \(size) entries does not belong where it is"
        case .headNotSigned(let size): "the head of \(size) entries is not signed by a key of this ledger"
        case .headContradicted(let size): "the first \(size) entries are not those that the head of \(size) entries was made from"
        case .cutOff(let kept, let found): "entry \(found + 1) is missing: the ledger ends there, and a head of \(kept) entries is known"
        }
    }
}
