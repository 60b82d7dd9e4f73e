import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Reacting to a contact's message: an act that goes out, and answers nothing.
struct ReactionTests {
    private static let refusal = DeliveryFailure(.content, code: "131009", text: "Parameter value is not valid")

    @Test func aReactionGoesOutOnceAndDischargesNothing() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")

        let message = try await desk.react("👍")

        #expect(desk.channels.reactions.map(\.emoji) == ["👍"])
        #expect(desk.channels.reactions.map(\.target) == ["wamid.1"])
        #expect(desk.channels.reactions.map(\.recipient) == [ProviderIdentity(.phone, "5491155550001")])
        #expect(message.standingReaction?.attempt?.author == desk.assistant.id)
        #expect(try await desk.isOwed())
        #expect(try await desk.ledgerKinds().suffix(2) == [.reactionRecorded, .reactionChanged])
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func theIntentIsDurableBeforeTheProviderIsCalled() async throws {
        var desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let quiet = desk
        desk.gateway = InterceptedChannels(
            desk.channels, beforeSend: { _ in },
            beforeReaction: { _ in
                let states = try? await quiet.messages().first?.reactions.compactMap(\.attempt?.state)
                #expect(states == [.sending])
            })
        try await desk.react("👍")
        #expect(desk.channels.reactions.count == 1)
    }

    @Test func aRefusalIsShownAndNothingIsRepeatedByItself() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.channels.script(.rejected(Self.refusal))

        let message = try await desk.react("👍")
        #expect(message.reactions.first?.attempt?.state == .failed(Self.refusal))
        #expect(message.standingReaction == nil)
        await desk.deliver()
        #expect(desk.channels.reactions.count == 1)
    }

    @Test func whatTheProviderReportsLaterSettlesADoubt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.channels.script(.unknown(reason: "cut off"))
        try await desk.react("👍")
        let reference = try #require(desk.channels.reactions.first?.reference)

        try await desk.reportsReaction(.delivered, reference)
        #expect(try await desk.messages().first?.reactions.first?.attempt?.state == .accepted)
        try await desk.reportsReaction(.failed, reference, Self.refusal)
        #expect(try await desk.messages().first?.reactions.first?.attempt?.state == .failed(Self.refusal))
    }

    @Test func removingIsTheUndo() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.react("👍")
        let message = try await desk.react(nil)
        #expect(message.reactions.isEmpty)
        #expect(desk.channels.reactions.map(\.emoji) == ["👍", nil])
    }

    @Test func theSameReactionTwiceIsOneCall() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.react("👍")
        try await desk.react("👍")
        #expect(desk.channels.reactions.count == 1)
    }

    @Test func afterTheWindowNothingGoes() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .hours(25))
        #expect(await code { try await desk.react("👍") } == .replyWindowClosed)
        #expect(desk.channels.reactions.isEmpty)
    }

    @Test func whoIsNoLongerAMemberCantReact() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.revoke(desk.assistant)
        #expect(await code { try await desk.react("👍") } == .notFound)
    }

    @Test func ourOwnMessagesAreNotReactedTo() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        await desk.deliver()
        #expect(await code { try await desk.react("👍", to: reply.id) } == .reactionNotPossible)
    }

    @Test func theChannelsRateHoldsForReactionsToo() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.channels.script(waits: .seconds(6))
        let message = try await desk.react("👍")
        #expect(message.reactions.first?.attempt?.state.name == "failed")
        #expect(desk.channels.reactions.isEmpty)
    }
}

/// Showing that somebody writes.
struct TypingTests {
    @Test func itIsShownOnlyWhereThePrincipalWantsIt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let conversation = try await desk.conversation().id
        let typing = ShowTyping(desk.context)

        try await typing.show(in: conversation, by: desk.assistant.id)
        #expect(desk.channels.shownTyping.isEmpty)

        try await AdjustInbox(desk.context).showTyping(true, in: desk.inbox.id, by: desk.principal.id)
        try await typing.show(in: conversation, by: desk.assistant.id)
        #expect(desk.channels.shownTyping == ["wamid.1"])

        desk.time.advance(by: .hours(25))
        try await typing.show(in: conversation, by: desk.assistant.id)
        #expect(desk.channels.shownTyping == ["wamid.1"])
    }

    @Test func onlyThePrincipalDecides() async throws {
        let desk = try await Desk.open()
        #expect(
            await code { try await AdjustInbox(desk.context).showTyping(true, in: desk.inbox.id, by: desk.assistant.id) } == .outOfGrant)
    }
}

/// A handshake is the first sign of life.
struct HandshakeTests {
    @Test func aHandshakeIsASignOfLifeAndNothingOfItsTokenIsKept() async throws {
        let desk = try await Desk.open()
        #expect(try await desk.read { try $0.inboxes.lastSignsOfLife() }[desk.inbox.id] == nil)
        try await Receive(desk.context, projecting: ProjectionBell()).shakeHands(with: desk.inbox)
        #expect(try await desk.read { try $0.inboxes.lastSignsOfLife() }[desk.inbox.id] == desk.now)
        #expect(try await desk.read { try $0.events.events(after: 0, limit: 10) }.map(\.kind) == [.inboxChanged])
    }
}

extension Desk {
    /// The assistant reacts to the newest message of the contact's; nil takes the reaction away.
    @discardableResult
    func react(_ emoji: String?, to id: Message.ID? = nil) async throws -> Message {
        let newest = try await messages().last { $0.direction == .inbound }?.id
        let target = try #require(id ?? newest)
        return try await ReactToMessage(context).react(to: target, with: try emoji.map { try Emoji($0) }, by: assistant.id)
    }

    fileprivate func reportsReaction(
        _ stage: StatusUpdate.Stage, _ reference: String, _ failure: DeliveryFailure? = nil
    ) async throws {
        let status = StatusUpdate(providerID: "wamid.reaction", stage: stage, callbackData: reference, failure: failure)
        try await receive(
            ChannelEvent(account: inbox.account, key: "reaction:\(stage.rawValue)", occurredAt: now, payload: .status(status)))
    }
}
