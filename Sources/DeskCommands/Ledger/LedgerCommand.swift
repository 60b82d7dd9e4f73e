import ArgumentParser
import DeskCore
import DeskServices
import Foundation

/// `contesta ledger`.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The proof log: verify it, print its heads and receipts.",
        subcommands: [LedgerVerify.self, LedgerHeadCommand.self, LedgerReceipt.self])
}

/// `contesta ledger verify`.
struct LedgerVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that nothing in the ledgers was altered, removed or put in.",
        discussion: "Exit 0: intact. Exit 1: broken; the first bad entry is named. With --head, a head kept elsewhere must be part of it.")

    @Option(help: ArgumentHelp("A head that was kept elsewhere, as `ledger head --json` printed it.", valueName: "file"))
    var head: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let kept = try await CommandFailure.telling { try head.map(KeptHead.read) }
        let findings = try await store.withDesk { desk in
            var findings: [VerifyLedger.Finding] = []
            for workspace in try await desk.context.storage.read({ try $0.workspaces.all() }) {
                findings.append(try await VerifyLedger(desk.context.storage).verify(workspace))
            }
            if let kept { try await kept.requirePart(of: desk.context.storage) }
            return findings
        }
        for finding in findings { print(Self.line(finding)) }
        if findings.contains(where: { $0.fault != nil }) { throw ExitCode(1) }
    }

    private static func line(_ finding: VerifyLedger.Finding) -> String {
        let name = "\(finding.workspace.name) (\(finding.workspace.id))"
        return switch finding.fault {
        case nil: "intact: \(name), \(finding.head.sequence) entries, head \(finding.head.hash)"
        case .missing(let expected, let found): "broken: \(name), entry \(expected) is missing (found \(found) instead)"
        case .notChained(let sequence): "broken: \(name), entry \(sequence) does not follow from the one before"
        case .altered(let sequence): "broken: \(name), entry \(sequence) was altered"
        }
    }
}

/// A head that somebody wrote down.
struct KeptHead: Codable {
    let workspace: String
    let sequence: Int64
    let hash: String

    static func read(_ path: String) throws -> KeptHead {
        guard let data = FileManager.default.contents(atPath: path), let head = try? JSONDecoder().decode(KeptHead.self, from: data) else {
            throw DeskError(
                .invalidRequest, message: "\(path) holds no head as `contesta ledger head --json` prints it. Nothing was checked.")
        }
        return head
    }

    /// - Throws: exit 1 when the ledger has no such entry: its end was cut off, or it was made anew.
    func requirePart(of storage: any Storage) async throws {
        let entries = try await storage.read { try $0.ledger.entries(of: Workspace.ID(workspace), after: sequence - 1, limit: 1) }
        guard entries.first?.hash == hash else {
            print("broken: the ledger of \(workspace) has no entry \(sequence) with the hash that was kept")
            throw ExitCode(1)
        }
    }
}

/// `contesta ledger head`.
struct LedgerHeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print each workspace's latest head: to be kept outside this machine.")

    @Flag(help: "Print JSON, a line a workspace.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let heads = try await store.withDesk { desk in
            try await desk.context.storage.read { session in
                try session.workspaces.all().map { ($0, try session.ledger.head(of: $0.id)) }
            }
        }
        for (workspace, head) in heads {
            let kept = KeptHead(workspace: workspace.id.text, sequence: head.sequence, hash: head.hash)
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            print(
                json
                    ? String(decoding: try encoder.encode(kept), as: UTF8.self)
                    : "\(workspace.name): \(head.sequence) entries, \(head.hash)")
        }
    }
}

/// `contesta ledger receipt`.
struct LedgerReceipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Print what the ledger says about one message, as JSON lines.")

    @Argument(help: "The message's id.")
    var message: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let entries = try await store.withDesk { desk in
            try await desk.context.storage.read { session in
                guard let message = try session.messages.message(Message.ID(message)),
                    let conversation = try session.conversations.conversation(message.conversation)
                else { throw DeskError(.notFound, message: "There is no message \(message). Nothing is proved.") }
                return try MessageReceipt.entries(about: message.id, in: conversation.workspace, session)
            }
        }
        for entry in entries { print(try Self.line(entry)) }
    }

    private static func line(_ entry: LedgerEntry) throws -> String {
        try Output.json([
            "sequence": String(entry.sequence), "at": String(entry.at.microseconds), "kind": entry.kind.rawValue,
            "subject": entry.subject, "previous_hash": entry.previousHash, "hash": entry.hash,
        ])
    }
}
