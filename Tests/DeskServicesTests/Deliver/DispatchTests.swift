import DeskCore
import DeskTesting
import Foundation
import Testing

@testable import DeskServices

/// The last look before a provider is called.
struct DispatchTests {
    @Test func aWindowThatClosesAfterApprovalKeepsTheReplyHereAndOwed() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .hours(24) - .seconds(2))
        let reply = try await desk.reply()

        await desk.deliver()

        #expect(try await desk.failure(of: reply)?.class == .window)
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.isOwed())
    }

    @Test func whatSomebodyWroteWhoWasRevokedSinceStaysHereAndOwed() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        try await desk.revoke(desk.assistant)

        await desk.deliver()

        #expect(try await desk.failure(of: reply)?.code == "author_revoked")
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.isOwed())
    }

    @Test func aNewAgreementStopsRepliesOfWhoHasNotSignedIt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        let agreement = desk.sample.build.agreement(of: desk.workspace, version: 2)
        let now = desk.now
        try await desk.write { try $0.workspaces.insert(agreement, at: now) }

        await desk.deliver()

        #expect(try await desk.failure(of: reply)?.code == "author_revoked")
        #expect(desk.channels.sent.isEmpty)
    }

    /// Who has the old number now may be somebody else.
    @Test func aReplyToANumberThatTheContactGaveUpSinceIsNotSentAndIsOwedAgain() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        let moved = ProviderIdentity(.phone, "5491199999999")
        try await desk.receive(.moved(.marta, to: [moved], id: "wamid.notice"))

        await desk.deliver()
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.failure(of: reply)?.code == "recipient_moved")
        #expect(try await desk.isOwed())

        _ = try await desk.reply("otra vez")
        await desk.deliver()
        #expect(desk.channels.sent.map(\.message.recipient) == [moved])
    }

    @Test func anIdOfAnotherKindThatIsLearntSinceHoldsNothingUp() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        let scoped = ProviderIdentity(.businessScoped, "AR.1234")
        try await desk.writes(id: "wamid.2", from: Correspondent(identities: [scoped] + Correspondent.marta.identities))
        await desk.deliver()
        #expect(desk.channels.sent.map(\.message.recipient) == Correspondent.marta.identities)
    }

    @Test func theChannelsRateOnlyDelays() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.channels.script(waits: .seconds(6), .seconds(6))

        await desk.deliver()
        #expect(try await desk.attempt(of: reply).calls == 0)
        #expect(desk.channels.sent.isEmpty)
        #expect(desk.channels.markedRead.isEmpty)

        for _ in 0..<2 {
            desk.time.advance(by: .seconds(6))
            await desk.deliverDue()
        }
        #expect(desk.channels.sent.count == 1)
        #expect(try await desk.attempt(of: reply).calls == 1)
    }

    @Test(arguments: [DeliveryFailure.Class.window, .recipient, .content, .account])
    func whatTheProviderSurelyRefusedIsShownAndOwedAndNotTriedAgain(class: DeliveryFailure.Class) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.channels.script(.rejected(DeliveryFailure(`class`, code: "1", text: "no")))
        await desk.deliver()
        desk.time.advance(by: .hours(100))
        await desk.deliverDue()

        #expect(try await desk.failure(of: reply)?.class == `class`)
        #expect(desk.channels.sent.count == 1)
        #expect(try await desk.isOwed())
    }

    @Test func aStumblingProviderIsTriedAgainAndThenLeftToAPerson() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        let stumble = SendOutcome.rejected(DeliveryFailure(.transient, code: "131000", text: "Something went wrong"))
        for _ in 0..<20 { desk.channels.script(stumble) }
        for _ in 0..<20 {
            desk.time.advance(by: .minutes(6))
            await desk.deliverDue()
        }
        #expect(desk.channels.sent.count == RetryPolicy.maximumCalls)
        #expect(try await desk.failure(of: reply)?.class == .transient)
        #expect(try await desk.isOwed())

        desk.channels.script(stumble)
        _ = try await DecideReply(desk.context).retry(reply.id, by: desk.assistant.id)
        await desk.deliverDue()
        #expect(desk.channels.sent.count == RetryPolicy.maximumCalls + 1)
    }

    @Test(arguments: ["inbox", "conversation", "identity"])
    func aRecipientThatIsNotTheApprovedOneIsNotCalled(part: String) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.writes(id: "wamid.2", from: .bruno)
        let forged = try await desk.forgedAttempt(part)
        desk.time.advance(by: desk.undoTime)
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        for attempt in await desk.claim(worker) { await worker.deliver(attempt) }

        let id = forged.id
        let settled = try #require(try await desk.read { try $0.attempts.attempt(id) })
        #expect(settled.state.name == "failed")
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.isOwed())
    }

    @Test func anInboxesAttemptIsFrozenWithItsRecipient() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        let attempt = try await desk.attempt(of: reply)
        #expect(attempt.recipient.isIntact)
        let recorded = try #require(try await desk.ledger().first { $0.kind == .replyRecorded })
        let salt = try #require(reply.commitmentSalt)
        #expect(recorded.details["recipient"] == LedgerCommitment(salt: salt).recipient(attempt.recipient))
    }
}

extension Desk {
    /// An attempt as somebody might have altered it in the store: to another inbox or conversation, or with another identity under the
    /// seal of the right one.
    fileprivate func forgedAttempt(_ part: String) async throws -> Attempt {
        var conversation = try await conversation()
        let other = try await self.conversation(with: .bruno).id
        var recipient = FrozenRecipient(
            inbox: inbox.id, conversation: part == "conversation" ? other : conversation.id, identity: Correspondent.marta.identities[0])
        if part == "identity" { recipient = try recipient.altered("5491155550001", to: "5511955550002") }
        if part == "inbox" {
            let second = sample.build.inbox(in: workspace, name: "Other", account: "15550009999")
            let now = now
            try await write { try $0.inboxes.insert(second, settings: [:], secrets: [:], at: now) }
            recipient = FrozenRecipient(inbox: second.id, conversation: conversation.id, identity: Correspondent.marta.identities[0])
        }
        var message = sample.build.message(.outbound, "secreto", in: &conversation)
        message.author = assistant.id
        let attempt = Attempt(
            id: sample.build.id(), workspace: workspace.id, message: message.id, conversation: conversation.id, obligation: nil,
            recipient: recipient, seenThrough: 1, state: .held, dueAt: now)
        let (inserted, changed) = (message, conversation)
        try await write { session in
            _ = try session.messages.insert(inserted, workspace: changed.workspace, inbox: changed.inbox, replyKey: nil)
            try session.attempts.insert(attempt, at: inserted.sentAt)
            try session.conversations.update(changed)
        }
        return attempt
    }

    /// Why a message failed; nil when it did not.
    func failure(of message: Message) async throws -> DeliveryFailure? {
        guard case .failed(let failure) = try await delivery(of: message) else { return nil }
        return failure
    }
}

extension FrozenRecipient {
    /// The same, with a part replaced under the old seal.
    fileprivate func altered(_ part: String, to other: String) throws -> FrozenRecipient {
        let stored = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        return try JSONDecoder().decode(FrozenRecipient.self, from: Data(stored.replacing(part, with: other).utf8))
    }
}

extension ChannelEvent {
    static func moved(_ correspondent: Correspondent, to identities: [ProviderIdentity], id: String) -> ChannelEvent {
        let notice = SystemNotice(
            providerID: id, type: "user_changed_number", text: "Marta changed numbers", correspondent: correspondent,
            newIdentities: identities)
        return ChannelEvent(key: id, payload: .system(notice))
    }
}
