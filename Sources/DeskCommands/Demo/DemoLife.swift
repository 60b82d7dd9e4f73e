import DeskCore
import DeskServices
import Foundation
import Logging
import ProviderSimulators
import ServiceLifecycle

/// Keeps the demonstration alive: tells the desk where its simulators listen, and lets the neighbours write and answer there.
struct DemoLife: Service {
    /// A simulator and the inbox that it plays to.
    struct Line: Sendable {
        let number: DemoBusiness.Number
        let inbox: Inbox
        let service: MetaSimulatorService

        var simulator: MetaSimulator { service.simulator }
    }

    let context: DeskContext
    let lines: [Line]
    /// Gives the server's port, once it has one.
    let port: AsyncStream<Int>
    let talk: DemoTalk
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            guard let port = await port.first(where: { _ in true }) else { return }
            let stage = DemoStage(talk: talk, lines: lines)
            for line in lines {
                try await connect(line, serverPort: port)
                try await stage.gather(try await cast(of: line), on: line)
            }
            await say()
            await play(stage)
        }
    }

    // MARK: Connecting

    private func connect(_ line: Line, serverPort: Int) async throws {
        let base = try await line.service.baseURL()
        try await context.storage.write { session in
            try session.inboxes.updateSettings(of: line.inbox, settings: line.number.settings(base: base))
        }
        let webhook = "http://127.0.0.1:\(serverPort)/webhooks/\(line.inbox.id)"
        while case let outcome = await line.simulator.connectWebhook(webhook), !outcome.isAccepted {
            logger.warning("The desk doesn't answer its simulator yet.", metadata: ["outcome": "\(outcome)"])
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// Everybody whom the desk knows on this line, with the window that their last message opened.
    private func cast(of line: Line) async throws -> [DemoStage.CastMember] {
        let stories = Stories.all.filter { $0.number == line.number }
        return try await context.storage.read { session in
            try stories.map { story in
                let contact = try session.contacts.contact(in: line.inbox.id, anyOf: story.neighbour.identities)
                let conversation = try contact.flatMap { try session.conversations.conversation(in: line.inbox.id, with: $0.id) }
                return DemoStage.CastMember(
                    neighbour: story.neighbour, phone: story.neighbour.nextPhone ?? story.neighbour.phone,
                    lastWroteAt: conversation?.lastInboundAt)
            }
        }
    }

    private func say() async {
        print("  DEMONSTRATION: the neighbours write through simulators of WhatsApp. What these saw, and what else they can do:")
        for line in lines {
            if let base = try? await line.service.baseURL() { print("    \(base)/simulator/receipts   (\(line.inbox.name))") }
        }
        print("")
        fflush(nil)
    }

    // MARK: Playing

    private func play(_ stage: DemoStage) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await stage.beginConversations() }
            for line in lines {
                group.addTask {
                    await withDiscardingTaskGroup { answers in
                        for await receipt in await line.simulator.acceptedReceipts() {
                            answers.addTask { await stage.answer(receipt, on: line) }
                        }
                        answers.cancelAll()
                    }
                }
            }
        }
    }
}

/// The neighbours on their simulators. `DemoTalk` decides who says what.
actor DemoStage {
    /// A neighbour as they are when the curtain rises.
    struct CastMember: Sendable {
        let neighbour: Neighbour
        let phone: String?
        let lastWroteAt: Instant?
    }

    private struct Place {
        let simulator: MetaSimulator
        let contactID: String
    }

    private var talk: DemoTalk
    private let lines: [DemoLife.Line]
    private var places: [Neighbour: Place] = [:]

    init(talk: DemoTalk, lines: [DemoLife.Line]) {
        self.talk = talk
        self.lines = lines
    }

    func gather(_ cast: [CastMember], on line: DemoLife.Line) async throws {
        for member in cast {
            let contact = member.neighbour.contact(phone: member.phone, lastWroteAt: member.lastWroteAt)
            places[member.neighbour] = Place(simulator: line.simulator, contactID: try await line.simulator.addContact(contact).id)
        }
    }

    /// Somebody begins something new, again and again, until cancelled.
    func beginConversations() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: talk.pauseBeforeOpening())
                guard let opening = talk.nextOpening() else { continue }
                for message in opening.messages {
                    try await say(message, by: opening.neighbour)
                    try await Task.sleep(for: talk.typingTime())
                }
            } catch {
                return
            }
        }
    }

    /// A reply reached a neighbour: they read it, think, and answer if they have something left to say.
    func answer(_ receipt: Receipt, on line: DemoLife.Line) async {
        guard receipt.reachedContact, receipt.kind != "reaction",
            let neighbour = places.first(where: { $0.value.contactID == receipt.contactID && $0.value.simulator === line.simulator })?.key,
            let text = talk.answer(of: neighbour)
        else { return }
        do {
            try await Task.sleep(for: talk.thinkingTime())
            try await say(.text(text), by: neighbour)
        } catch {
            return
        }
    }

    private func say(_ message: ContactMessage, by neighbour: Neighbour) async throws {
        guard let place = places[neighbour] else { return }
        _ = try await place.simulator.write(message, by: place.contactID)
    }
}
