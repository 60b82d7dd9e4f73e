import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Nothing received is lost (promise P1).
struct ReceivingTests {
    @Test func whatIsDeliveredThreeTimesIsOneMessageAndOneObligation() async throws {
        let desk = try await Desk.open()
        let receipts = [
            try await desk.writes(id: "wamid.1"), try await desk.writes(id: "wamid.1"), try await desk.writes(id: "wamid.1"),
        ]
        #expect(receipts.map(\.isRepetition) == [false, true, true])
        #expect(try await desk.messages().count == 1)
        #expect(try await desk.ledgerKinds() == [.obligationOpened, .messageReceived])
    }

    @Test func whatIsDeliveredTwentyTimesAtOnceIsOneMessage() async throws {
        let desk = try await Desk.open()
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try await desk.writes(id: "wamid.1") } }
        }
        #expect(try await desk.messages().count == 1)
    }

    @Test func aRepetitionAfterTheAnswerIsNotOwedAgain() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        await desk.deliver()
        try await desk.writes(id: "wamid.1")
        #expect(try await !desk.isOwed())
    }

    @Test func oneBadEventTakesNoneOfItsSiblingsAlong() async throws {
        let desk = try await Desk.open()
        let receipt = try await desk.receive(
            .message("uno", id: "wamid.1", at: desk.now), ChannelEvent(payload: .malformed(reason: "no text where text should be")),
            .message("nadie", id: "wamid.2", from: Correspondent(identities: []), at: desk.now),
            .message("dos", id: "wamid.3", at: desk.now), body: "the whole batch")

        #expect(receipt.outcome == .quarantined(reason: "no text where text should be · The provider names no sender."))
        #expect(try await desk.messages().map(\.content.text) == ["uno", "dos"])
        let kept = try #require(try await desk.quarantined().first)
        #expect(kept.body == Array("the whole batch".utf8))
        #expect(try await desk.ledgerKinds().last == .eventQuarantined)
    }

    @Test func anEventThatTheStoreRefusesTakesNoneOfItsSiblingsAlong() async throws {
        let desk = try await Desk.open()
        let nowhere = MessageContent(kind: .location, location: Location(latitude: .infinity, longitude: 0))
        let unstorable = ReceivedMessage(providerID: "wamid.2", correspondent: .bruno, content: nowhere)
        let receipt = try await desk.receive(
            .message("uno", id: "wamid.1", at: desk.now), ChannelEvent(payload: .message(unstorable)),
            .message("dos", id: "wamid.3", at: desk.now))

        #expect(receipt.outcome == .quarantined(reason: "storage_fault"))
        #expect(try await desk.messages().map(\.content.text) == ["uno", "dos"])
        #expect(try await desk.quarantined().count == 1)
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func whatConcernsAnotherAccountIsKeptForAPerson() async throws {
        let desk = try await Desk.open()
        let receipt = try await desk.receive(.message("hola", id: "wamid.1", at: desk.now, account: "15559999999"))

        guard case .quarantined(let reason) = receipt.outcome else {
            Issue.record("not quarantined: \(receipt.outcome)")
            return
        }
        #expect(reason.contains("15559999999"))
        #expect(try await desk.quarantined().count == 1)
    }

    @Test func whatIsNotForUsIsIgnoredWithItsReason() async throws {
        let desk = try await Desk.open()
        let receipt = try await desk.receive(ChannelEvent(account: "elsewhere", payload: .ignored(reason: "a template changed")))
        #expect(receipt.outcome == .ignored(reason: "a template changed"))
        #expect(try await desk.receive().outcome == .ignored(reason: "empty"))
    }

    @Test func aProblemOfTheAccountIsShownToAPerson() async throws {
        let desk = try await Desk.open()
        try await desk.receive(ChannelEvent(payload: .accountProblem(codes: [131031], text: "Account locked")))
        #expect(try await desk.quarantined().count == 1)
    }

    @Test func whatCannotBeStoredIsNotConfirmed() async throws {
        let desk = try await Desk.open()
        desk.storage.refuse(writes: 1)
        #expect(await code { try await desk.writes(id: "wamid.1") } == .storageUnavailable)
        #expect(try await desk.read { try $0.events.bounds() == nil })

        try await desk.writes(id: "wamid.1")
        #expect(try await desk.messages().count == 1)
    }

    @Test func aTimeInTheFutureCountsAsNow() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1", at: desk.now + .hours(1_000))
        #expect(try await desk.obligation()?.owedSince == desk.now)
        #expect(try await desk.conversation().lastInboundAt == desk.now)
    }

    @Test func aMessageWithoutATimeCountsFromItsReceipt() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.message(id: "wamid.1", at: nil))
        #expect(try await desk.obligation()?.owedSince == desk.now)
    }

    @Test func anOlderMessageThatArrivesLateMakesTheObligationOlder() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.2", at: desk.now)
        try await desk.writes(id: "wamid.1", at: desk.now - .minutes(20))
        #expect(try await desk.obligation()?.owedSince == desk.now - .minutes(20))
    }

    @Test func whatTheDeskDoesNotUnderstandIsOwedLikeAnyMessage() async throws {
        let desk = try await Desk.open()
        let message = ReceivedMessage(
            providerID: "wamid.1", correspondent: .marta, content: MessageContent(kind: .unsupported, providerErrorCodes: [131051]))
        try await desk.receive(ChannelEvent(payload: .message(message)))
        #expect(try await desk.isOwed())
    }
}

/// What changes something that is already there.
struct ChangeTests {
    @Test func anEditShowsTheNewWordsAndMakesEarlierRepliesStale() async throws {
        let desk = try await Desk.open()
        try await desk.writes("dos quilos", id: "wamid.1")
        let seen = try await desk.conversation().version
        try await desk.receive(.edit(of: "wamid.1", to: "tres kilos"))

        let message = try #require(try await desk.messages().first)
        #expect(message.content.text == "tres kilos")
        #expect(message.editedAt == desk.now)
        #expect(try await desk.conversation().version > seen)
    }

    @Test func anEditOfAMessageThatNeverCameIsTakenAsTheMessage() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.edit(of: "wamid.1", to: "tres kilos"))
        #expect(try await desk.messages().map(\.content.text) == ["tres kilos"])
        #expect(try await desk.isOwed())

        #expect(try await desk.writes("dos quilos", id: "wamid.1").isRepetition)
        #expect(try await desk.messages().count == 1)
    }

    @Test func aMessageThatTurnsOutToBeOlderThanTheAnswerFromThePhoneIsAnsweredByIt() async throws {
        let desk = try await Desk.open()
        let (writtenAt, answeredAt) = (desk.now - .minutes(10), desk.now - .minutes(5))
        try await desk.receive(.edit(of: "wamid.1", to: "tres kilos"))
        try await desk.principalAnswers(id: "wamid.echo", at: answeredAt)
        #expect(try await desk.isOwed())

        try await desk.writes("dos quilos", id: "wamid.1", at: writtenAt)

        #expect(try await !desk.isOwed())
    }

    /// Found by the simulation's seed 86111.
    @Test func anAnswerFromThePhoneIsNoneToWhatCameInAfterItThoughItIsLookedAtAgain() async throws {
        let desk = try await Desk.open()
        let writtenAt = desk.now - .minutes(10)
        try await desk.receive(.edit(of: "wamid.2", to: "tres kilos"))
        try await desk.principalAnswers(id: "wamid.echo", at: desk.now)
        try await desk.writes("¿Hay pan?", id: "wamid.1", at: writtenAt)

        try await desk.writes("dos kilos", id: "wamid.2", at: writtenAt)

        #expect(try await desk.obligation()?.owedSince == writtenAt)
    }

    @Test func whatIsOwedIsAsOldAsTheMessageThoughItsEditCameFirst() async throws {
        let desk = try await Desk.open()
        let writtenAt = desk.now - .minutes(10)
        try await desk.receive(.edit(of: "wamid.1", to: "tres kilos"))

        #expect(try await !desk.writes("dos quilos", id: "wamid.1", at: writtenAt).isRepetition)

        let message = try #require(try await desk.messages().first)
        #expect(message.content.text == "tres kilos")
        #expect(message.sentAt == writtenAt)
        #expect(message.editedAt == desk.now)
        #expect(try await desk.obligation()?.owedSince == writtenAt)
        #expect(try await desk.writes("dos quilos", id: "wamid.1", at: writtenAt).isRepetition)
    }

    /// Found by the simulation's seed 1444.
    @Test func whatIsOwedAgainIsAsOldAsTheMessageThoughThatCameAfterTheAnswer() async throws {
        let desk = try await Desk.open()
        let writtenAt = desk.now - .minutes(10)
        try await desk.receive(.edit(of: "theirs", to: "tres kilos"))
        let reply = try await desk.reply()
        await desk.deliver()
        #expect(try await !desk.isOwed())

        try await desk.writes("dos quilos", id: "theirs", at: writtenAt)
        let sent = try #require(try await desk.attempt(of: reply).providerID)
        try await desk.reports(.failed, of: sent, failure: DeliveryFailure(.recipient, code: "131026", text: "Undeliverable"))
        #expect(try await desk.obligation()?.owedSince == writtenAt)
    }

    @Test func anEditDeliveredTwiceIsOne() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.receive(.edit(of: "wamid.1", to: "uno"))
        let version = try await desk.conversation().version
        #expect(try await desk.receive(.edit(of: "wamid.1", to: "uno")).isRepetition)
        #expect(try await desk.conversation().version == version)
    }

    @Test func aDeletionKeepsTheWordsAndWhatIsOwed() async throws {
        let desk = try await Desk.open()
        try await desk.writes("olvídalo", id: "wamid.1")
        try await desk.receive(.deletion(of: "wamid.1"))

        let message = try #require(try await desk.messages().first)
        #expect(message.deletedAt == desk.now)
        #expect(message.content.text == "olvídalo")
        #expect(try await desk.isOwed())
    }

    @Test func aDeletionOrReactionOfNothingIsIgnoredWithAReason() async throws {
        let desk = try await Desk.open()
        for event in [ChannelEvent.deletion(of: "wamid.9"), .reaction("👍", to: "wamid.9")] {
            guard case .ignored = try await desk.receive(event).outcome else {
                Issue.record("not ignored")
                continue
            }
        }
    }

    @Test func aReactionReplacesTheOneBeforeAndCanBeTakenOff() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let version = try await desk.conversation().version
        for (emoji, shown) in [("👍", ["👍"]), ("❤️", ["❤️"]), (nil, [])] as [(String?, [String])] {
            try await desk.receive(.reaction(emoji, to: "wamid.1"))
            #expect(try await desk.messages().first?.reactions.map(\.emoji) == shown)
        }
        #expect(try await desk.conversation().version == version)
    }

    @Test func contactAndPrincipalCanBothReact() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.receive(.reaction("👍", to: "wamid.1"))
        try await desk.receive(.reaction("🙏", to: "wamid.1", isEcho: true))
        #expect(try await desk.messages().first?.reactions.map(\.author) == [.contact, .us])
        #expect(try await desk.isOwed())
    }
}

extension ChannelEvent {
    fileprivate static func edit(of id: String, to text: String) -> ChannelEvent {
        let revision = Revision(
            originalProviderID: id, correspondent: .marta, content: MessageContent(kind: .text, text: text), providerID: "edit.\(text)")
        return ChannelEvent(key: "edit.\(text)", payload: .edit(revision))
    }

    fileprivate static func deletion(of id: String) -> ChannelEvent {
        ChannelEvent(payload: .deletion(Revision(originalProviderID: id, correspondent: .marta, content: nil)))
    }

    fileprivate static func reaction(_ emoji: String?, to id: String, isEcho: Bool = false) -> ChannelEvent {
        ChannelEvent(
            payload: .reaction(Reaction(targetProviderID: id, correspondent: .marta, emoji: emoji, isEcho: isEcho)))
    }
}
