import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What may happen next.
extension World {
    mutating func step() async throws {
        desk.time.advance(by: .seconds(Int.random(in: 0...120, using: &chance)))
        let person = Int.random(in: 0...1, using: &chance)
        switch Int.random(in: 0..<20, using: &chance) {
        case 0...3: try await contactWrites(person)
        case 4: try await principalAnswers(person)
        case 5...7: try await reply(person)
        case 8: try await undo()
        case 9: try await dismiss(person)
        case 10, 11: await takeUp()
        case 12...14: try await conclude()
        case 15, 16: try await report()
        case 17, 18: try await decide()
        default: try await Bool.random(using: &chance) ? crash() : addNote(person)
        }
    }

    /// Sometimes late, and sometimes delivered more than once.
    private mutating func contactWrites(_ person: Int) async throws {
        let lateness = Bool.random(using: &chance) ? 0 : Int.random(in: 0...200, using: &chance)
        let sentAt = desk.now - .seconds(lateness)
        let id = "wamid.\(number())"
        tell("contact \(person) writes \(id) \(lateness) s ago")
        for _ in 0..<Int.random(in: 1...2, using: &chance) {
            try await desk.writes(id: id, from: Self.people[person], at: sentAt)
        }
        models[person].contactWrites(at: sentAt)
    }

    private mutating func principalAnswers(_ person: Int) async throws {
        let answeredAt = desk.now - .seconds(Int.random(in: 0...100, using: &chance))
        tell("the principal answered \(person) at \(answeredAt.unixSeconds)")
        try await desk.principalAnswers(Self.people[person], id: "echo.\(number())", at: answeredAt)
        models[person].principalAnswers(at: answeredAt)
    }

    private mutating func reply(_ person: Int) async throws {
        guard !models[person].inbound.isEmpty else { return }
        let message = try await desk.reply("respuesta \(number())", to: Self.people[person])
        tell("reply \(message.id.text.suffix(4)) to \(person)")
        models[person].record(message.id)
    }

    private mutating func undo() async throws {
        guard let reply = pick(models.flatMap(\.replies)) else { return }
        tell("undo \(reply.id.text.suffix(4))")
        let refusal = await code { _ = try await DecideReply(desk.context).undo(reply.id, by: desk.assistant.id) }
        #expect((refusal == nil) == (reply.isHeld && reply.progress == .waiting))
        if refusal == nil { change(reply.id) { $0.undo() } }
    }

    private mutating func dismiss(_ person: Int) async throws {
        guard models[person].isOwed else { return }
        let conversation = try await desk.conversation(with: Self.people[person])
        tell("no answer needed by \(person)")
        try await TendConversation(desk.context).noAnswerNeeded(
            conversation.id, reason: "spam", seenVersion: nil, by: desk.assistant.id)
        models[person].dismiss()
    }

    private mutating func addNote(_ person: Int) async throws {
        guard models[person].places > 0 else { return }
        let conversation = try await desk.conversation(with: Self.people[person])
        tell("note about \(person)")
        _ = try await TendConversation(desk.context).addNote("ojo", to: conversation.id, by: desk.assistant.id)
        models[person].note()
    }

    /// Takes up what is due: per conversation the earliest reply that is on its way, and no other.
    private mutating func takeUp() async {
        let claimed = await desk.claim(worker)
        for attempt in claimed {
            tell("taken up \(attempt.message.text.suffix(4))")
            let onTheirWay = models.compactMap { $0.replies.first { $0.progress == .waiting || $0.progress == .sending }?.id }
            #expect(onTheirWay.contains(attempt.message))
            change(attempt.message) { $0.claim() }
        }
        underWay += claimed
    }

    private mutating func conclude() async throws {
        guard let attempt = pick(underWay) else { return await takeUp() }
        underWay.removeAll { $0.id == attempt.id }
        if Int.random(in: 0..<8, using: &chance) == 0 {
            tell("too fast for \(attempt.message.text.suffix(4))")
            desk.channels.script(waits: .seconds(6))
            await worker.deliver(attempt)
            return change(attempt.message) { $0.postpone() }
        }
        let outcome = anyOutcome(of: attempt)
        tell("\(attempt.message.text.suffix(4)) ends \(outcome)")
        desk.channels.script(outcome)
        await worker.deliver(attempt)
        change(attempt.message) { $0.conclude(outcome) }
    }

    private mutating func anyOutcome(of attempt: Attempt) -> SendOutcome {
        switch Int.random(in: 0..<8, using: &chance) {
        case 0: return .rejected(DeliveryFailure(.recipient, code: "131026", text: "Message undeliverable"))
        case 1: return .rejected(DeliveryFailure(.transient, code: "131000", text: "Something went wrong"))
        case 2: return .unknown(reason: "refused connection, perhaps")
        case 3:
            _ = takes(attempt)
            return .unknown(reason: "timeout")
        default: return .accepted(providerID: takes(attempt))
        }
    }

    /// The provider takes a message.
    private mutating func takes(_ attempt: Attempt) -> String {
        let id = "sent.\(number())"
        if let person = person(of: attempt.message) {
            taken.append(Taken(person: person, message: attempt.message, attempt: attempt.id, providerID: id))
        }
        return id
    }

    /// Reports come in any order, more than once, and do not always say which of our attempts they are about.
    private mutating func report() async throws {
        guard let call = pick(taken), let stage = pick([StatusUpdate.Stage.sent, .delivered, .read, .failed, .failed]) else { return }
        let isOurs = Int.random(in: 0..<3, using: &chance) > 0
        tell("\(call.message.text.suffix(4)) as \(call.providerID) is \(stage)\(isOurs ? "" : ", says nobody whose")")
        let status = StatusUpdate(
            providerID: call.providerID, stage: stage, callbackData: isOurs ? call.attempt.text : nil, failure: .undeliverable)
        try await desk.receive(ChannelEvent(key: "status.\(number())", occurredAt: desk.now, payload: .status(status)))
        change(call.message) { $0.report(stage, of: call.providerID, isOurs: isOurs) }
    }

    private mutating func decide() async throws {
        guard let reply = pick(models.flatMap(\.replies)), let decision = pick(DecideReply.Decision.allCases) else { return }
        tell("\(reply.id.text.suffix(4)) \(decision.rawValue)")
        let refusal = await code { try await desk.resolve(desk.message(reply.id), as: decision) }
        let isOpen = reply.progress == .unknown || (decision == .sendAgain && reply.progress == .failed)
        #expect((refusal == nil) == isOpen)
        guard refusal == nil else { return }
        change(reply.id) { decision == .wasSent ? $0.confirm() : $0.sendAgain() }
    }

    /// The program is gone, perhaps after a call that nobody will remember, and begins anew on the same store.
    private mutating func crash() async throws {
        tell("crash")
        for attempt in underWay where Bool.random(using: &chance) {
            guard case .ready(let message, let connection, _) = try await Dispatch.prepare(attempt, in: desk.context) else { continue }
            desk.channels.script(.accepted(providerID: takes(attempt)))
            _ = await desk.channels.send(message, through: connection)
        }
        underWay = []
        try await desk.restart()
        worker = DeliverReplies(desk.context, doorbell: Doorbell())
        for reply in models.flatMap(\.replies) { change(reply.id) { $0.interrupt() } }
    }
}
