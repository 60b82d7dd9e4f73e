import DeskCore
import DeskServices
import Foundation

/// A line of an export.
enum ExportLine {
    /// Begins a ledger.
    struct Beginning: Codable {
        static let format = "contesta-ledger/1"

        let ledger: String
        let format: String
        /// The verifier key; nil while nothing was signed.
        let key: String?
    }

    struct Entry: Codable { let entry: WrittenEntry }
    struct Head: Codable { let head: String }

    /// Any of them, to read one.
    struct Whichever: Decodable {
        let ledger: String?
        let format: String?
        let key: String?
        let entry: WrittenEntry?
        let head: String?
    }
}

/// Writes ledgers as JSON lines, a stretch at a time.
struct ExportWriter {
    private static let stretch = 1_000

    let storage: any Storage
    let output: FileHandle

    func write(_ workspace: Workspace.ID, key: LedgerKey?) async throws {
        try put(ExportLine.Beginning(ledger: workspace.text, format: ExportLine.Beginning.format, key: key?.text))
        var after: Int64 = 0
        while true {
            let place = after
            let (entries, heads) = try await storage.read { session in
                let entries = try session.ledger.entries(of: workspace, after: place, limit: Self.stretch)
                let sizes = place + 1...max(place + 1, entries.last?.sequence ?? 0)
                return (entries, try session.heads.heads(of: workspace, sizes: sizes))
            }
            guard let last = entries.last else { return }
            try put(entries, heads)
            after = last.sequence
        }
    }

    private func put(_ entries: [LedgerEntry], _ heads: [StoredHead]) throws {
        let notes = Dictionary(heads.map { ($0.size, $0.note) }, uniquingKeysWith: { first, _ in first })
        var text = ""
        for entry in entries {
            text += try LedgerText.encode(ExportLine.Entry(entry: WrittenEntry(entry))) + "\n"
            if let note = notes[entry.sequence] { text += try LedgerText.encode(ExportLine.Head(head: note)) + "\n" }
        }
        try output.write(contentsOf: Data(text.utf8))
    }

    private func put(_ line: some Encodable) throws {
        try output.write(contentsOf: Data((try LedgerText.encode(line) + "\n").utf8))
    }
}

/// Checks an export, line by line, whatever its length.
struct ExportReader {
    let keys: [LedgerKey]
    let kept: [KeptHead]

    /// What was found in one ledger.
    struct Finding {
        let workspace: Workspace.ID
        let head: LedgerHead
        let headCount: Int
        let fault: LedgerFault?
    }

    /// - Throws: `invalid_request` for a file that is no export.
    func verify(_ path: String) throws -> [Finding] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DeskError(.invalidRequest, message: "\(path) can't be read. Nothing was checked.")
        }
        var lines = LineReader(handle)
        var findings: [Finding] = []
        var current: Reading?
        while let line = try lines.next() {
            // A line that can't be read is the fault of the ledger that it stands in.
            let read = try? JSONDecoder().decode(ExportLine.Whichever.self, from: line)
            if let beginning = read, let ledger = beginning.ledger {
                if let finished = current?.finding() { findings.append(finished) }
                current = try Reading(Workspace.ID(ledger), beginning, given: keys, kept: kept)
            } else {
                guard current != nil else { throw Self.noExport(path) }
                current?.take(read)
            }
        }
        guard let last = current?.finding() else { throw Self.noExport(path) }
        findings.append(last)
        return findings + kept.filter { head in !findings.contains { $0.workspace == head.workspace } }.map(Self.missing)
    }

    private static func missing(_ kept: KeptHead) -> Finding {
        Finding(
            workspace: kept.workspace, head: LedgerHead(emptyLedgerOf: kept.workspace), headCount: 0,
            fault: .cutOff(kept: kept.size, found: 0))
    }

    private static func noExport(_ path: String) -> DeskError {
        DeskError(.invalidRequest, message: "\(path) does not begin like an export of `contesta ledger export`. Nothing was checked.")
    }

    /// One ledger of the file, up to its first fault.
    private struct Reading {
        private var verifier: LedgerVerifier
        private var fault: LedgerFault?
        private let workspace: Workspace.ID

        init(_ workspace: Workspace.ID, _ beginning: ExportLine.Whichever, given: [LedgerKey], kept: [KeptHead]) throws {
            guard beginning.format == ExportLine.Beginning.format else {
                throw DeskError(.invalidRequest, message: "The export has a format that this program doesn't know. Nothing was checked.")
            }
            let own = [beginning.key.flatMap { LedgerKey(text: $0) }].compactMap(\.self)
            verifier = LedgerVerifier(of: workspace, keys: given.isEmpty ? own : given, kept: kept)
            self.workspace = workspace
        }

        mutating func take(_ line: ExportLine.Whichever?) {
            guard fault == nil else { return }
            do {
                try follow(line)
            } catch {
                fault = error
            }
        }

        private mutating func follow(_ line: ExportLine.Whichever?) throws(LedgerFault) {
            let sequence = verifier.head.sequence
            if let note = line?.head {
                guard let head = SignedHead(note: note) else { throw .headUnreadable(after: sequence) }
                try verifier.follow(head)
            } else {
                guard let entry = line?.entry?.entry(in: workspace) else { throw .unreadable(sequence: sequence + 1) }
                try verifier.follow(entry)
            }
        }

        func finding() -> Finding {
            Finding(workspace: workspace, head: verifier.head, headCount: verifier.headCount, fault: fault ?? unfinished())
        }

        private func unfinished() -> LedgerFault? {
            do {
                try verifier.finish()
                return nil
            } catch {
                return error
            }
        }
    }
}

/// The lines of a file, one after the other, in bounded memory.
struct LineReader {
    private static let portion = 1 << 20
    /// No line of ours is nearly as long.
    private static let longest = 1 << 24

    private let handle: FileHandle
    private var buffer = Data()
    private var isAtEnd = false

    init(_ handle: FileHandle) { self.handle = handle }

    /// - Returns: nil after the last line.
    mutating func next() throws -> Data? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = buffer[buffer.startIndex..<end]
                buffer = buffer[(end + 1)...]
                return line
            }
            guard !isAtEnd, buffer.count < Self.longest else {
                defer { buffer = Data() }
                return buffer.isEmpty ? nil : buffer
            }
            let more = try handle.read(upToCount: Self.portion) ?? Data()
            isAtEnd = more.isEmpty
            buffer = Data(buffer) + more
        }
    }
}
