import Testing

@testable import DeskCore

/// Our reaction on a contact's message: at most one stands, and nothing is told that is not known.
struct ReactionTests {
    private static let refusal = DeliveryFailure(.window, code: "131047", text: "Re-engagement message")

    @Test func aReactionStandsOnceItIsAccepted() throws {
        var story = Story()
        let put = try #require(try story.puts("👍"))
        #expect(story.standing == nil)
        #expect(story.learns(.accepted, of: put) == .accepted)
        #expect(story.standing == "👍")
        #expect(story.emoji == ["👍"])
    }

    @Test func anotherReactionTakesThePlaceOfTheFirstOnlyWhenItIsAccepted() throws {
        var story = try Story(standing: "👍")
        let put = try #require(try story.puts("❤️"))
        #expect(story.emoji == ["👍", "❤️"])
        story.learns(.failed(Self.refusal), of: put)
        #expect(story.standing == "👍")
        let again = try #require(try story.puts("❤️"))
        story.learns(.accepted, of: again)
        #expect(story.emoji == ["❤️"])
    }

    @Test func theSameReactionAgainNeedsNoCall() throws {
        var story = try Story(standing: "👍")
        #expect(try story.puts("👍") == nil)
    }

    @Test func nothingElseIsCalledForWhileACallLasts() throws {
        var story = Story()
        _ = try story.puts("👍")
        #expect(throws: DeskError.self) { try story.puts("❤️") }
        story.now = story.now + .minutes(2)
        #expect(try story.puts("❤️") != nil)
    }

    @Test func aCallWithoutAnEndIsUnknownAfterAWhile() throws {
        var story = Story()
        _ = try story.puts("👍")
        let attempt = try #require(story.message.reactions.first?.attempt)
        #expect(attempt.state(at: story.now) == .sending)
        #expect(attempt.state(at: story.now + .minutes(2)).name == "unknown")
    }

    @Test func aReactionStandsUntilItsRemovalIsAccepted() throws {
        var story = try Story(standing: "🙏")
        let removal = try #require(try story.removes())
        story.learns(.unknown(reason: "cut off"), of: removal)
        #expect(story.standing == "🙏")
        story.learns(.accepted, of: removal)
        #expect(story.emoji == [])
    }

    @Test func whatNeverArrivedIsTakenAwayWithoutACall() throws {
        var story = Story()
        let put = try #require(try story.puts("👍"))
        story.learns(.failed(Self.refusal), of: put)
        #expect(try story.removes() == nil)
        #expect(story.emoji == [])
    }

    @Test func whereThereIsNothingThereIsNothingToTakeAway() {
        var story = Story()
        #expect(throws: DeskError.self) { try story.removes() }
    }

    @Test func aLateFailureOutranksTheAcceptance() throws {
        var story = Story()
        let put = try #require(try story.puts("👍"))
        story.learns(.accepted, of: put)
        #expect(story.learns(.failed(Self.refusal), of: put) == .failed(Self.refusal))
        #expect(story.learns(.accepted, of: put) == nil)
    }

    @Test func theContactsReactionIsLeftAlone() throws {
        var story = Story()
        story.message.reactions = [MessageReaction(author: .contact, emoji: "😂")]
        let put = try #require(try story.puts("👍"))
        story.learns(.accepted, of: put)
        let removal = try #require(try story.removes())
        story.learns(.accepted, of: removal)
        #expect(story.emoji == ["😂"])
    }

    @Test(arguments: ["👍", " ❤️ ", "👩🏽‍🚒", "🇲🇽", "1️⃣", "✅", "❤"])
    func oneEmojiIsOne(_ text: String) throws {
        #expect(try Emoji(text).text.count == 1)
    }

    @Test(arguments: ["", " ", "a", "1", "👍👍", "👍 sí", "ok", "©", "e\u{301}"])
    func nothingElseIs(_ text: String) {
        #expect(throws: DeskError.self) { try Emoji(text) }
    }

    @Test func aReferenceIsReadAsItWasWritten() {
        let reference = ReactionReference(message: Message.ID("m"), attempt: ReactionAttempt.ID("a"))
        #expect(ReactionReference(reference.text) == reference)
        #expect(ReactionReference("0190-an-attempt") == nil)
    }
}

/// A contact's message, and what happens to our reaction on it.
private struct Story {
    var message: Message
    var now = Instant(microseconds: 1_000_000)
    private var number = 0

    init() {
        message = Message(
            id: Message.ID("m"), conversation: Conversation.ID("c"), position: 1, direction: .inbound,
            content: MessageContent(kind: .text, text: "Gracias"), sentAt: now, receivedAt: now, providerID: "wamid.1")
    }

    init(standing emoji: String) throws {
        self.init()
        if let put = try puts(emoji) { learns(.accepted, of: put) }
    }

    var standing: String? { message.standingReaction?.emoji }
    var emoji: [String] { message.reactions.map(\.emoji) }

    mutating func puts(_ text: String) throws -> ReactionAttempt.ID? { try tries(.put, try Emoji(text)) }

    mutating func removes() throws -> ReactionAttempt.ID? { try tries(.remove, nil) }

    @discardableResult
    mutating func learns(_ state: ReactionAttempt.State, of id: ReactionAttempt.ID) -> ReactionAttempt.State? {
        message.concludeReaction(id, as: state)?.state
    }

    private mutating func tries(_ act: ReactionAttempt.Act, _ emoji: Emoji?) throws -> ReactionAttempt.ID? {
        number += 1
        let attempt = ReactionAttempt(id: ReactionAttempt.ID("a\(number)"), act: act, author: User.ID("u"), startedAt: now)
        return try message.react(with: emoji, as: attempt) ? attempt.id : nil
    }
}
