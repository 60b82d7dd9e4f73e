import DeskCore
import Testing

/// A reply exists only as the answer to a contact's message, to that very contact (promises P3 and P4). It has one initialiser, which
/// takes an `InboundMessage`; and that has one, which refuses whatever the contact did not write. There is no other way to begin.
struct ReplyTests {
    @Test func goesToThePreferredIdentityOfTheContact() throws {
        let reply = try Situation().reply()

        #expect(reply.recipient == FrozenRecipient(inbox: Sample.inbox, conversation: Sample.conversation, identity: Sample.phone))
        #expect(reply.recipient.isIntact)
        #expect(reply.answering.id == Message.ID("message-1"))
        #expect(reply.writtenAt == .noon(plus: .minutes(10)))
    }

    @Test func remembersTheNewestMessageThatItsAuthorHadSeen() throws {
        var situation = try Situation()
        _ = situation.conversation.admit(.inbound, sentAt: .noon(plus: .minutes(1)))
        _ = situation.conversation.admit(.note, sentAt: .noon(plus: .minutes(2)))
        situation.draft.seenVersion = 3

        #expect(try situation.reply().seenThrough == 3)
    }

    @Test(arguments: Refusal.all)
    func cannotBeMade(refusal: Refusal) throws {
        var situation = try Situation()
        refusal.spoil(&situation)

        let thrown = #expect(throws: DeskError.self) { try situation.reply() }

        #expect(thrown?.code == refusal.code)
        #expect(thrown?.isTransient == false)
    }

    @Test(arguments: [Message.Direction.inbound, .outbound, .echo, .note])
    func onlyWhatTheContactWroteCanBeAnswered(direction: Message.Direction) {
        #expect((InboundMessage(Sample.message(direction)) != nil) == (direction == .inbound))
    }

    @Test func anInboundMessageIsTheOneItWasMadeFrom() throws {
        let message = Sample.message(at: 7, sentAt: .noon(plus: .seconds(3)))
        let inbound = try #require(InboundMessage(message))

        #expect(inbound.id == message.id)
        #expect(inbound.conversation == message.conversation)
        #expect(inbound.position == 7)
        #expect(inbound.sentAt == message.sentAt)
        #expect(inbound.providerID == "wamid.7")
    }

    @Test func theFirstAttemptIsHeldAndCarriesTheFrozenRecipient() throws {
        let reply = try Situation().reply()
        let attempt = Attempt(
            id: Attempt.ID("attempt"), of: reply, message: Message.ID("reply"), workspace: Sample.workspace, obligation: nil,
            undoUntil: .noon(plus: .minutes(11)))

        #expect(attempt.state == .held)
        #expect(attempt.dueAt == .noon(plus: .minutes(11)))
        #expect(attempt.recipient == reply.recipient)
        #expect(attempt.seenThrough == reply.seenThrough)
        #expect(attempt.calls == 0)
    }
}

/// How much a reply may say: counted in Unicode scalars, as the channels do, and not in what looks like one character.
struct ReplyLengthTests {
    @Test(arguments: ["a", String(repeating: "ñ", count: 20), "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧", "  ok  "])
    func fits(text: String) throws {
        var situation = try Situation()
        situation.draft.text = text
        #expect(try situation.reply().text == text)
    }

    @Test(arguments: [String(repeating: "a", count: 21), "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", String(repeating: "e\u{301}", count: 11)])
    func isTooLong(text: String) throws {
        var situation = try Situation()
        situation.draft.text = text
        let thrown = #expect(throws: DeskError.self) { try situation.reply() }
        #expect(thrown?.code == .replyTooLong)
        #expect(thrown?.message.contains("\(text.unicodeScalars.count)") == true)
    }

    @Test func aFileNeedsNoWords() throws {
        var situation = try Situation()
        situation.draft = ReplyDraft(text: "", attachments: [.sample], seenVersion: 1)
        #expect(try situation.reply().attachments == [.sample])
    }

    @Test(arguments: [(10, true), (11, false)])
    func wordsBesideAFileAreACaption(length: Int, fits: Bool) throws {
        var situation = try Situation()
        situation.draft = ReplyDraft(text: String(repeating: "a", count: length), attachments: [.sample], seenVersion: 1)
        #expect((try? situation.reply()) != nil || !fits)
        #expect((try? situation.reply()) == nil || fits)
    }
}

/// One way in which a reply would be wrong.
struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: DeskError.Code
    let spoil: @Sendable (inout Situation) -> Void

    static let all = [
        Refusal(testDescription: "to a message of another conversation", code: .wrongRecipient) { $0.answers = $0.foreign },
        Refusal(testDescription: "to another contact", code: .wrongRecipient) { $0.contact = .sample(id: "other") },
        Refusal(testDescription: "to a contact without any identity", code: .wrongRecipient) { $0.contact.identities = [] },
        Refusal(testDescription: "by somebody who has not seen everything", code: .staleConversation) { $0.draft.seenVersion = 0 },
        Refusal(testDescription: "to a version that does not exist", code: .staleConversation) { $0.draft.seenVersion = 2 },
        Refusal(testDescription: "after the window has closed", code: .replyWindowClosed) { $0.now = .noon(plus: .hours(24)) },
        Refusal(testDescription: "where only history was written", code: .replyWindowClosed) { $0.conversation = .onlyHistory },
        Refusal(testDescription: "without a word", code: .emptyReply) { $0.draft.text = "" },
        Refusal(testDescription: "of spaces", code: .emptyReply) { $0.draft.text = " \n\u{00A0}\t" },
        Refusal(testDescription: "longer than the channel takes", code: .replyTooLong) {
            $0.draft.text = String(repeating: "a", count: 21)
        },
        Refusal(testDescription: "with more files than the channel takes", code: .attachmentNotAllowed) {
            $0.draft.attachments = [.sample, .sample]
        },
    ]
}

/// A contact wrote once at noon, and somebody answers ten minutes later.
struct Situation {
    var answers: InboundMessage
    let foreign: InboundMessage
    var conversation = Conversation.sample
    var contact = Contact.sample()
    var draft = ReplyDraft(text: "claro", seenVersion: 1)
    var now = Instant.noon(plus: .minutes(10))

    init() throws {
        answers = try Sample.inbound()
        foreign = try Sample.inbound(in: Conversation.ID("other"))
        _ = conversation.admit(.inbound, sentAt: Sample.noon)
    }

    func reply() throws -> Reply {
        try Reply(
            answering: answers, in: conversation, to: contact, draft: draft, by: Sample.member, limits: Sample.limits, at: now)
    }
}

extension Conversation {
    fileprivate static var sample: Conversation {
        Conversation(
            id: Sample.conversation, workspace: Sample.workspace, inbox: Sample.inbox, contact: Sample.contact,
            lastActivityAt: Sample.noon)
    }

    fileprivate static var onlyHistory: Conversation {
        var conversation = sample
        _ = conversation.admit(.inbound, sentAt: Sample.noon, isOwed: false)
        return conversation
    }
}

extension Contact {
    fileprivate static func sample(id: String = Sample.contact.text) -> Contact {
        Contact(
            id: ID(id), workspace: Sample.workspace, name: "Lucía",
            identities: [Sample.phone, ProviderIdentity(.businessScoped, "MX.13491208655302741918")])
    }
}

extension OutboundAttachment {
    fileprivate static let sample = OutboundAttachment(
        blob: Digest.of("bytes"), mediaType: "image/jpeg", fileName: "foto.jpg", byteCount: 5)
}
