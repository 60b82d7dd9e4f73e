import ArgumentParser
import DeskCore
import DeskServices
import Foundation

/// `contesta ledger`.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The proof log: verify it, export it, print its heads and receipts.",
        subcommands: [LedgerVerify.self, LedgerHeadCommand.self, LedgerReceiptCommand.self, LedgerConsistency.self, LedgerExport.self])
}

/// `contesta ledger head`.
struct LedgerHeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print each workspace's latest head: to be kept outside this machine.",
        discussion: "With --sign, what was recorded since the newest signed head is signed first, and the signed notes are printed.")

    @Flag(help: "Print JSON, a line a workspace.")
    var json = false

    @Flag(help: "Print signed notes, made now where none covers all entries.")
    var sign = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let lines = try await store.withDesk { desk in
            let workspaces = try await desk.context.storage.read { try $0.workspaces.all() }
            var lines: [String] = []
            for workspace in workspaces { lines += try await self.lines(of: workspace, desk) }
            return lines
        }
        for line in lines { print(line) }
    }

    private func lines(of workspace: Workspace, _ desk: Desk) async throws -> [String] {
        guard !sign else {
            let maker = MakeHeads(desk.context.storage, time: desk.context.time, signing: desk.headKeys)
            return try await maker.make(of: workspace.id).map { [$0.note] } ?? []
        }
        let (head, newest) = try await desk.context.storage.read { session in
            (try session.ledger.head(of: workspace.id), try session.heads.newest(of: workspace.id))
        }
        guard json else { return ["\(workspace.name): \(head.sequence) entries, \(head.hash)"] }
        return [try LedgerText.encode(WrittenHead(head, newest: newest))]
    }
}

/// `contesta ledger receipt`.
struct LedgerReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Print the receipt of one message as JSON: its entries, proofs, and a signed head.",
        discussion: "`contesta ledger verify --receipt` checks it on any machine, without the desk.")

    @Argument(help: "The message's id.")
    var message: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let receipt = try await store.withDesk { desk in
            let id = Message.ID(message)
            let workspace: Workspace.ID = try await desk.context.storage.read { session in
                guard let message = try session.messages.message(id),
                    let conversation = try session.conversations.conversation(message.conversation)
                else { throw DeskError(.notFound, message: "There is no message \(id). Nothing is proved.") }
                return conversation.workspace
            }
            return try await ProveMessage(desk.context, signing: desk.headKeys).receipt(for: id, in: workspace)
        }
        print(try LedgerText.encode(receipt))
    }
}

/// `contesta ledger consistency`.
struct LedgerConsistency: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consistency", abstract: "Print the proof that a ledger only grew since a head that was kept.",
        discussion: """
            `contesta ledger verify --consistency` checks it on any machine, with the head that was kept. It is a few hundred bytes, \
            however long the ledger is.
            """)

    @Option(help: ArgumentHelp("The signed head that was kept.", valueName: "file"))
    var from: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let kept = try LedgerInput.signedHead(in: from).checkpoint
        let proof = try await store.withDesk { desk in
            guard try await desk.context.storage.read({ try $0.workspaces.workspace(kept.workspace) }) != nil else {
                throw DeskError(.notFound, message: "The head is of no workspace of this desk. Nothing is proved.")
            }
            return try await ProveGrowth(desk.context, signing: desk.headKeys).consistency(from: kept.size, in: kept.workspace)
        }
        print(try LedgerText.encode(proof))
    }
}

/// `contesta ledger export`.
struct LedgerExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the ledgers to standard output, as JSON lines.",
        discussion: """
            A line for each ledger with its public key, then its entries in order, each signed head right after the last entry that it is \
            about. No content of messages is in it, nor anything that can be erased. `contesta ledger verify --file` checks it on any \
            machine.
            """)

    @Option(help: ArgumentHelp("Only this workspace, by name or id.", valueName: "workspace"))
    var workspace: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withDesk { desk in
            let workspaces = try await desk.context.storage.read { session in
                guard let name = workspace else { return try session.workspaces.all() }
                guard let workspace = try session.workspaces.workspace(named: name) else {
                    throw DeskError(.notFound, message: "There is no workspace \(name). Nothing was exported.")
                }
                return [workspace]
            }
            let writer = ExportWriter(storage: desk.context.storage, output: .standardOutput)
            for workspace in workspaces { try await writer.write(workspace.id, key: desk.headKeys.key(of: workspace.id)) }
        }
    }
}
