import DeskCore
import DeskServices
import DeskTesting
import Foundation
import Logging

@testable import DeskCommands

/// A desk with the demonstration's days in it, in a folder of its own.
struct PlantedDesk {
    let desk: Desk
    let now: Instant
    private let folder: TemporaryFolder

    /// Runs a body on a freshly planted desk, and closes it.
    static func use(_ body: (PlantedDesk) async throws -> Void) async throws {
        try await EmptyDesk.use { desk, folder in
            let now = desk.context.time.now()
            try await DemoSeed(desk, now: now).plant()
            try await body(PlantedDesk(desk: desk, now: now, folder: folder))
        }
    }

    /// Everything that Marta, who may see all, finds in the queue.
    func conversations(_ state: QueueFilter.State = .all) async throws -> [ConversationSummary] {
        try await desk.context.storage.read { session in
            guard let marta = try session.people.user(email: DemoBusiness.Person.marta.email) else { return [] }
            let scope = try Authorization(session, at: now).scope(of: marta.id)
            return try session.conversations.queue(QueueFilter(state: state), scope: scope, limit: 100, cursor: nil).items
        }
    }

    /// All messages, by conversation.
    func threads() async throws -> [[Message]] {
        let conversations = try await conversations()
        return try await desk.context.storage.read { session in
            try conversations.map { try session.messages.messages(of: $0.conversation.id, after: 0, limit: 500) }
        }
    }

    func messages() async throws -> [Message] { try await threads().flatMap(\.self) }

    func ledgerHead() async throws -> LedgerHead? {
        try await desk.context.storage.read { session in
            try session.workspaces.all().first.map { try session.ledger.head(of: $0.id) }
        }
    }
}

/// A desk on an empty folder, with a clock that stands still and passwords that are quickly made.
enum EmptyDesk {
    static func use(_ body: (Desk, TemporaryFolder) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let logger = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
        let desk = try await Desk.open(in: folder.url, time: ManualTime(), logger: logger, scryptRounds: 16)
        do {
            try await body(desk, folder)
            await desk.close()
        } catch {
            await desk.close()
            throw error
        }
    }
}
