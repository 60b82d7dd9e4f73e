import DeskCore
import DeskServices
import Synchronization

/// A provider that does the worst that it may, and remembers what its contacts really received.
final class SimulatedProvider: Sendable {
    /// How a call to it ends.
    private enum Fate: CaseIterable {
        case answerLost, requestLost, arrivesLate, refusedForNow, tooFast, refusedContact, accountBlocked, brokenAnswer
    }

    let limits: ChannelLimits
    private let count = Mutex(0)
    private let parts: WorldParts
    private let webhooks: WebhookQueue

    init(_ parts: WorldParts, webhooks: WebhookQueue, window: Duration) {
        self.parts = parts
        self.webhooks = webhooks
        limits = ChannelLimits(maximumTextLength: 4_096, maximumCaptionLength: 1_024, maximumAttachments: 1, replyWindow: window)
    }

    /// The next number of anything that the provider names.
    func number() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    func events(in body: [UInt8]) -> [ChannelEvent] { webhooks.webhook(with: body)?.events ?? [] }

    func reserve() -> Duration? {
        parts.weather.brings(\.waits) ? parts.dice.seconds(1...20) : nil
    }

    func fetch(_ attachment: Attachment, by life: Life) async -> MediaFetch {
        try? await parts.time.wait(for: parts.dice.milliseconds(20...2_000))
        guard !parts.weather.brings(\.callTroubles) else {
            return .failed(reason: "HTTP 503", isTransient: true)
        }
        return .stored(blob: String(repeating: "0", count: 64), byteCount: 3, mediaType: attachment.mediaType)
    }

    func send(_ message: OutboundMessage, by life: Life) async -> SendOutcome {
        guard life.isAlive else { return .unknown(reason: "The program is gone.") }
        let fate = parts.weather.brings(\.callTroubles) ? parts.dice.pick(Fate.allCases) : nil
        parts.story.tell("→ calls the provider with “\(message.text)”\(fate.map { " (\($0))" } ?? "")")
        // A dead program's request may have left it, or not.
        try? await parts.time.wait(for: parts.dice.milliseconds(20...900))
        guard life.isAlive || parts.dice.happens(oneIn: 2) else { return .unknown(reason: "The program is gone.") }
        return await end(message, fate)
    }

    func react(_ call: ReactionCall, by life: Life) async -> SendOutcome {
        guard life.isAlive else { return .unknown(reason: "The program is gone.") }
        let isTroubled = parts.weather.brings(\.callTroubles)
        try? await parts.time.wait(for: parts.dice.milliseconds(20...900))
        guard !isTroubled || parts.dice.happens(oneIn: 2) else { return .unknown(reason: "No answer within 30 s.") }
        parts.story.tell("◆ the provider \(call.emoji == nil ? "takes the thumb from" : "puts a thumb on") \(call.target)")
        parts.judge.providerReacted(to: ForgetfulSession.plain(call.target))
        return isTroubled ? .unknown(reason: "HTTP 502 without a reason.") : .accepted(providerID: "wamid.reaction-\(number())")
    }

    private func end(_ message: OutboundMessage, _ fate: Fate?) async -> SendOutcome {
        switch fate {
        case nil: return .accepted(providerID: take(message))
        case .answerLost:
            take(message)
            try? await parts.time.wait(for: .seconds(30))
            return .unknown(reason: "No answer within 30 s.")
        case .brokenAnswer:
            take(message)
            return .unknown(reason: "HTTP 502 without a reason.")
        case .requestLost:
            try? await parts.time.wait(for: .seconds(30))
            return .unknown(reason: "No answer within 30 s.")
        case .arrivesLate:
            webhooks.later(parts.dice.seconds(31...120)) { [self] in take(message, isLate: true) }
            try? await parts.time.wait(for: .seconds(30))
            return .unknown(reason: "No answer within 30 s.")
        case .refusedForNow: return .rejected(DeliveryFailure(.transient, code: "131000", text: "Something went wrong"))
        case .tooFast:
            return .rejected(DeliveryFailure(.rate, code: "130429", text: "Rate limit hit", retryAfter: parts.dice.seconds(1...60)))
        case .refusedContact: return .rejected(DeliveryFailure(.recipient, code: "131026", text: "Message undeliverable"))
        case .accountBlocked: return .rejected(DeliveryFailure(.account, code: "190", text: "Access token has expired"))
        }
    }

    /// The message is on its way to the contact: this is what really happened.
    @discardableResult
    private func take(_ message: OutboundMessage, isLate: Bool = false) -> String {
        let id = "wamid.out-\(number())"
        parts.story.tell("◆ the provider takes “\(message.text)” for \(message.recipient.value) as \(id)")
        parts.judge.providerTook(
            Receipt(providerID: id, attempt: message.attempt, text: message.text, recipient: message.recipient, isLate: isLate))
        reportStatuses(of: id, attempt: message.attempt)
        return id
    }

    /// In any order, more than once, and not always with what we gave it to carry.
    private func reportStatuses(of id: String, attempt: String) {
        let odd: [[StatusUpdate.Stage]] = [[], [.sent], [.sent, .delivered], [.sent, .failed], [.failed]]
        let stages = (parts.weather.brings(\.callTroubles) ? parts.dice.pick(odd) : nil) ?? [.sent, .delivered, .read]
        let repeated = parts.dice.happens(oneIn: 4) ? stages + stages : stages
        let data = parts.dice.happens(oneIn: 8) ? nil : attempt
        for stage in parts.dice.shuffled(repeated) {
            let failure = stage == .failed ? DeliveryFailure(.recipient, code: "131026", text: "Message undeliverable") : nil
            let status = StatusUpdate(providerID: id, stage: stage, callbackData: data, failure: failure)
            webhooks.post(
                [ChannelEvent(key: "status:\(id):\(stage.rawValue)", occurredAt: parts.time.now(), payload: .status(status))],
                "\(id) is \(stage.rawValue)", after: parts.dice.milliseconds(0...20_000))
        }
    }
}

/// What a contact really received.
struct Receipt: Sendable, Hashable {
    let providerID: String
    let attempt: String
    let text: String
    let recipient: ProviderIdentity
    /// It came after the call had been given up as unknown.
    let isLate: Bool
}
