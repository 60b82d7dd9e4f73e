import DeskCore
import DeskServices
import Foundation
import SQLStore
import SQLiteDriver

/// Somebody who answers: looks, thinks, writes upon what was seen, and presses the button once too often.
struct MemberAtWork: Sendable {
    let world: World
    let program: Program
    let member: User
    let acts: Countdown

    private var dice: Dice { world.dice }
    private var isPrincipal: Bool { member.id == world.cast.principal.id }

    func run() async {
        do {
            while acts.take() {
                try await world.time.wait(for: dice.seconds(2...300))
                try await act()
            }
        } catch {
            return
        }
    }

    private func act() async throws {
        switch dice.number(0...19) {
        case 0...9: try await answer(anyOf: .all)
        case 10...12: try await undo()
        case 13, 14: try await dismiss()
        case 15, 16: try await decide()
        case 17: try await react()
        case 18: try await (dice.happens(oneIn: 3) ? settle() : tend())
        default: try await revoke()
        }
    }

    // MARK: Answering

    /// - Returns: false when there was nothing to answer.
    @discardableResult
    func answer(anyOf state: QueueFilter.State, thinking: ClosedRange<Int> = 1...90) async throws -> Bool {
        guard let screen = try await look(at: state) else { return false }
        let text = "Respuesta \(world.provider.number()) para \(world.cast.contacts[screen.contact].name)"
        try await world.time.wait(for: dice.seconds(thinking))
        let promise = dice.happens(oneIn: 5) ? promise() : nil
        let kept = dice.happens(oneIn: 2) ? dice.pick(screen.promises) : nil
        var answer = Answer(text: text, contact: screen.contact, author: member.id, seen: screen.seen)
        answer.promise = promise == nil ? .none : .given
        if let kept { answer.keeps = [kept.message] }
        world.judge.composed(answer)
        let request = SendReply.Request(
            conversation: screen.conversation.id, answers: nil,
            draft: ReplyDraft(text: text, seenVersion: screen.conversation.version), idempotencyKey: "key \(text)", promise: promise,
            keeps: kept.map { [$0.id] } ?? [])
        if dice.happens(oneIn: 5) {
            async let first: Void = insist(request)
            async let second: Void = insist(request)
            _ = try await (first, second)
        } else {
            try await insist(request)
        }
        if world.weather.brings(\.tampering) { try await tamper(with: text) }
        return true
    }

    private func promise() -> Commitment.Promise {
        Commitment.Promise(text: "el presupuesto", dueAt: world.time.now() + dice.seconds(3_600...20_000))
    }

    /// A browser that gets no answer asks again with the same key; a person who is refused for good stops.
    private func insist(_ request: SendReply.Request) async throws {
        let text = request.draft.text
        while true {
            do {
                let outcome = try await program.ask { try await SendReply($0).send(request, by: member.id) }
                world.story.tell("\(member.name) sends “\(text)”\(request.words): \(outcome.word)")
                return world.judge.approved(text, as: outcome.message.id)
            } catch let error as DeskError where !error.isTransient {
                world.story.tell("\(member.name) can't send “\(text)”: \(error.code.rawValue)")
                return world.judge.refused(text)
            } catch {
                try await world.time.wait(for: dice.seconds(1...20))
            }
        }
    }

    // MARK: What was sent

    private func undo() async throws {
        guard let (text, message) = dice.pick(world.judge.approvedAnswers) else { return }
        let isUndo = dice.happens(oneIn: 2)
        await attempt("\(member.name) \(isUndo ? "takes back" : "hurries") “\(text)”") { context in
            if isUndo {
                _ = try await DecideReply(context).undo(message, by: member.id)
                world.judge.undone(text)
            } else {
                _ = try await DecideReply(context).sendNow(message, by: member.id)
            }
        }
    }

    /// Looks at what nobody knows, asks the contact, and decides; or tries again what failed.
    /// - Returns: false when there was nothing to decide.
    @discardableResult
    func decide() async throws -> Bool {
        let scope = world.cast.scope
        let unknown = await attempt("") { try await $0.storage.read { try $0.attempts.undecided(scope: scope, limit: 20) } }
        if let message = dice.pick(unknown ?? [])?.message, let text = world.judge.text(of: message) {
            await resolve(message, text, as: world.judge.wasReceived(text) ? .wasSent : .sendAgain)
            return true
        }
        guard let (text, message) = dice.pick(world.judge.failedAnswers) else { return false }
        await resolve(message, text, as: .sendAgain)
        return true
    }

    private func resolve(_ message: Message.ID, _ text: String, as decision: DecideReply.Decision) async {
        switch decision {
        case .wasSent: world.judge.saidToBeSent(text)
        case .sendAgain: world.judge.mayGoOnceMore(text)
        }
        await attempt("\(member.name) decides \(decision.rawValue) for “\(text)”") { context in
            _ = try await DecideReply(context).resolve(message, as: decision, by: member.id)
        }
    }

    private func dismiss() async throws {
        guard let screen = try await look(at: .owed) else { return }
        try await world.time.wait(for: dice.seconds(1...30))
        let number = world.judge.mayBeDismissed(contact: screen.contact, seen: screen.seen)
        await attempt("\(member.name) says no answer needed to \(world.cast.contacts[screen.contact].name)") { context in
            do {
                try await TendConversation(context).noAnswerNeeded(
                    screen.conversation.id, reason: "saludo", seenVersion: screen.conversation.version, by: member.id)
                world.judge.dismissal(number, isCertain: true)
            } catch let error as DeskError where !error.isTransient {
                world.judge.dismissal(number, isCertain: false)
                throw error
            }
        }
    }

    /// Somebody says that a promise need not be kept any more.
    private func settle() async throws {
        guard let screen = try await look(at: .all), let promise = dice.pick(screen.promises),
            let text = world.judge.text(of: promise.message)
        else { return }
        world.judge.mayBeSettled(text)
        await attempt("\(member.name) settles what “\(text)” promised") { context in
            _ = try await SettleCommitment(context).settle(promise.id, reason: "ya lo tiene", by: member.id)
        }
    }

    private func tend() async throws {
        guard let screen = try await look(at: .all) else { return }
        let id = screen.conversation.id
        let (time, choice) = (world.time.now(), dice.number(0...2))
        await attempt("\(member.name) tends to \(world.cast.contacts[screen.contact].name)") { context in
            switch choice {
            case 0: try await TendConversation(context).snooze(id, until: time + .hours(2), by: member.id)
            case 1: try await TendConversation(context).assign(id, to: member.id, by: member.id)
            default: _ = try await TendConversation(context).addNote("ojo", to: id, by: member.id)
            }
        }
    }

    /// A thumb for something that the contact wrote, or none any more.
    private func react() async throws {
        guard let screen = try await look(at: .all) else { return }
        let standing = dice.happens(oneIn: 2) ? dice.pick(screen.inbound.filter { $0.standingReaction != nil }) : nil
        guard let target = standing ?? dice.pick(screen.inbound) else { return }
        let emoji = standing == nil ? try Emoji("👍") : nil
        if let id = target.providerID { world.judge.mayReact(to: ForgetfulSession.plain(id)) }
        await attempt("\(member.name) reacts to \(target.providerID ?? "nothing")") { context in
            _ = try await ReactToMessage(context).react(to: target.id, with: emoji, by: member.id)
        }
    }

    // MARK: Trouble that people make

    /// Something changes to whom a reply goes, after it was approved: it must not leave.
    private func tamper(with text: String) async throws {
        guard world.cast.contacts.count > 1, let answer = world.judge.answer(text), let message = answer.message else { return }
        let right = world.cast.contacts[answer.contact]
        let wrong = world.cast.contacts[(answer.contact + 1) % world.cast.contacts.count]
        world.story.tell("☠ somebody changes the recipient of “\(text)” in the database to \(wrong.name)")
        try await world.database.write { [vault = world.vault] connection in
            let session = SQLSession(connection, vault)
            guard let attempt = try session.attempts.attempt(of: message), attempt.state == .held || attempt.state == .queued else {
                return
            }
            let other = attempt.recipient.identity == right.scoped ? wrong.scoped : wrong.phone(after: 0)
            let sealed = try session.sealed(try attempt.recipient.led(to: other), for: attempt.conversation)
            try connection.run("UPDATE attempts SET recipient = \(sealed) WHERE id = \(attempt.id)")
        }
    }

    private func revoke() async throws {
        guard !isPrincipal, world.weather.brings(\.revocations) else { return }
        let now = world.time.now()
        try await setMembership(world.cast.membership(of: member, revokedAt: now), "\(member.name) loses access")
        world.judge.revoked(member.id, at: world.time.now())
        try await world.time.wait(for: dice.seconds(60...1_200))
        world.judge.restored(member.id)
        try await setMembership(world.cast.membership(of: member), "\(member.name) has access again")
    }

    private func setMembership(_ membership: Membership, _ words: String) async throws {
        while await attempt(words, { try await $0.storage.write { try $0.people.update(membership) } }) == nil {
            try await world.time.wait(for: .seconds(1))
        }
    }

    /// One request whose answer the person merely reads.
    @discardableResult
    private func attempt<Value>(_ words: String, _ body: (DeskContext) async throws -> Value) async -> Value? {
        do {
            let value = try await program.ask(body)
            if !words.isEmpty { world.story.tell(words) }
            return value
        } catch {
            if !words.isEmpty { world.story.tell("\(words) — \((error as? DeskError)?.code.rawValue ?? "no answer")") }
            return nil
        }
    }
}

/// What somebody has before their eyes.
struct Screen: Sendable {
    let conversation: Conversation
    let contact: Int
    /// The contact's messages on it.
    let inbound: [Message]
    /// Their provider's ids.
    let seen: Set<String>
    /// What is promised and owed.
    let promises: [Commitment]
}

extension MemberAtWork {
    private func look(at state: QueueFilter.State) async throws -> Screen? {
        let scope = world.cast.scope
        let queue = await attempt("") { context in
            try await context.storage.read { session in
                try session.conversations.queue(QueueFilter(state: state), scope: scope, limit: 10, cursor: nil).items
            }
        }
        guard let chosen = dice.pick(queue ?? []), let contact = world.cast.number(of: chosen.contact) else { return nil }
        let seen = await attempt("") { context in
            try await context.storage.read { session -> Screen? in
                guard let conversation = try session.conversations.conversation(chosen.conversation.id) else { return nil }
                let messages = try session.messages.messages(of: conversation.id, before: nil, limit: 500)
                let inbound = messages.filter { $0.direction == .inbound }
                let seen = Set(inbound.compactMap(\.providerID).map(ForgetfulSession.plain))
                let promises = try session.commitments.owed(in: conversation.id)
                return Screen(conversation: conversation, contact: contact, inbound: inbound, seen: seen, promises: promises)
            }
        }
        return seen ?? nil
    }
}

extension Cast {
    var scope: Scope {
        Policy.scope(
            of: principal.id, memberships: [Membership(workspace: workspace.id, user: principal.id, role: .principal)],
            agreements: [workspace.id: 1], at: Instant(unixSeconds: 0))
    }

    func number(of contact: Contact) -> Int? {
        contacts.first { known in contact.identities.contains { known.owns($0) } }?.number
    }
}

extension SendReply.Request {
    fileprivate var words: String { (promise == nil ? "" : ", and promises") + (keeps.isEmpty ? "" : ", as promised") }
}

extension SendReply.Outcome {
    fileprivate var message: Message {
        switch self {
        case .recorded(let message), .repeated(let message): message
        }
    }

    fileprivate var word: String {
        switch self {
        case .recorded: "recorded"
        case .repeated: "recorded before"
        }
    }
}

extension FrozenRecipient {
    /// The same as it is stored, with another identity and the digest of the right one: by somebody who has the database and its keys.
    fileprivate func led(to other: ProviderIdentity) throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self).replacing(identity.value, with: other.value)
    }
}
