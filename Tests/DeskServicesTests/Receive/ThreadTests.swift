import DeskCore
import DeskServices
import DeskTesting
import Testing

@testable import DeskServices

/// Threads of one contact, and who may join them.
struct ThreadTests {
    private static func mail(
        _ id: String, from address: String = "ana@cliente.example", attempts: [String] = [], marks: [String] = [],
        automation: MailAutomation? = nil, joinsOnly: Bool = false, to recipients: [String] = []
    ) -> ReceivedMessage {
        let people = (joinsOnly ? recipients : [address]).map { ProviderIdentity(.mailAddress, $0) }
        return ReceivedMessage(
            providerID: id, correspondent: Correspondent(identities: people),
            content: MessageContent(
                kind: .email, text: id, mail: MailContent(subject: "Paños", from: [MailParty(address: address)], automation: automation)),
            threading: Threading(attempts: attempts, marks: marks, mark: id, joinsOnly: joinsOnly))
    }

    private static func take(_ messages: ReceivedMessage..., in desk: Desk, as echo: Bool = false) async throws {
        let events = messages.enumerated().map { index, message in
            CollectedEvent(
                key: "key \(message.providerID ?? "")", body: Array("{\"\(message.providerID ?? "")\"}".utf8),
                events: [ChannelEvent(occurredAt: desk.now, payload: echo ? .echo(message) : .message(message))])
        }
        try await Collect(context: desk.context, inbox: desk.inbox, bell: ProjectionBell()).take(CollectedBatch(events: events, place: "p"))
    }

    private static func conversation(of id: String, in desk: Desk) async throws -> Conversation {
        let inbox = desk.inbox.id
        return try #require(
            try await desk.read { session in
                let message = try session.messages.message(providerID: id, in: inbox)
                return try message.flatMap { try session.conversations.conversation($0.conversation) }
            })
    }

    private static func isOwed(_ id: String, in desk: Desk) async throws -> Bool {
        let conversation = try await conversation(of: id, in: desk).id
        return try await desk.read { try $0.obligations.open(in: conversation) != nil }
    }

    @Test func aMailThatNamesNothingBeginsAThread() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), Self.mail("b@x"), in: desk)
        let (first, second) = (try await Self.conversation(of: "a@x", in: desk), try await Self.conversation(of: "b@x", in: desk))
        #expect(first.contact == second.contact)
        #expect(first.id != second.id)
        #expect(first.thread != second.thread)
    }

    @Test func aMailJoinsTheThreadThatItNames() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), Self.mail("b@x", marks: ["?@x", "a@x"]), in: desk)
        #expect(try await Self.conversation(of: "b@x", in: desk).id == Self.conversation(of: "a@x", in: desk).id)
    }

    @Test func whoeverElseNamesItBeginsOneOfTheirOwn() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), Self.mail("b@x", from: "luis@cliente.example", marks: ["a@x"]), in: desk)
        let (ana, luis) = (try await Self.conversation(of: "a@x", in: desk), try await Self.conversation(of: "b@x", in: desk))
        #expect(ana.contact != luis.contact)
        #expect(ana.id != luis.id)
    }

    /// The mark of a reply can't be invented, but it can be passed on.
    @Test func aMarkOfOursOpensNoThreadToAnybodyElse() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        let attempt = try await Self.reply(to: "a@x", in: desk)
        try await Self.take(
            Self.mail("b@x", attempts: [attempt.text]), Self.mail("c@x", from: "luis@cliente.example", attempts: [attempt.text]), in: desk)
        let ana = try await Self.conversation(of: "a@x", in: desk)
        #expect(try await Self.conversation(of: "b@x", in: desk).id == ana.id)
        #expect(try await Self.conversation(of: "c@x", in: desk).id != ana.id)
        let inbox = desk.inbox.id
        let stranger = try await desk.read { try $0.messages.message(providerID: "c@x", in: inbox) }
        #expect(stranger?.content.mail?.warnings == [.answersAnother])
    }

    @Test func aReportStandsWhereTheReplyDoesAndIsNotOwed() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        let attempt = try await Self.reply(to: "a@x", in: desk)
        try await Self.take(Self.mail("c@x", from: "mailer-daemon@x.example", attempts: [attempt.text], automation: .bounce), in: desk)
        #expect(try await Self.conversation(of: "c@x", in: desk).id == Self.conversation(of: "a@x", in: desk).id)
    }

    private static func reply(to id: String, in desk: Desk) async throws -> Attempt.ID {
        let conversation = try await conversation(of: id, in: desk)
        let outcome = try await SendReply(desk.context).send(
            SendReply.Request(
                conversation: conversation.id, answers: nil, draft: ReplyDraft(text: "Sí.", seenVersion: conversation.version),
                idempotencyKey: "k"), by: desk.principal.id)
        guard case .recorded(let message) = outcome else { throw DeskError.nothingThere }
        return try #require(try await desk.read { try $0.attempts.attempt(of: message.id)?.id })
    }

    @Test func aReplyIsFramedAsAMail() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        let attempt = try await Self.reply(to: "a@x", in: desk)
        let message = try await desk.read { session in
            try session.attempts.attempt(attempt).flatMap { try session.messages.message($0.message) }
        }
        #expect(message?.content.mail?.subject == "Re: Paños")
        #expect(message?.content.mail?.to.map(\.address) == ["ana@cliente.example"])
        #expect(message?.content.text == "Sí.")
    }

    @Test(arguments: [MailAutomation.automaticAnswer, .list, .notification])
    func whatAMachineMadeIsShownAndNotOwed(automation: MailAutomation) async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x", automation: automation), in: desk)
        #expect(try await !Self.isOwed("a@x", in: desk))
        try await Self.take(Self.mail("b@x", marks: ["a@x"]), in: desk)
        #expect(try await Self.isOwed("b@x", in: desk))
    }

    @Test func whatThePrincipalWroteElsewhereEndsWhatIsOwedInItsThread() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), Self.mail("b@x"), in: desk)
        desk.time.advance(by: .seconds(60))
        try await Self.take(
            Self.mail("e@x", marks: ["a@x"], joinsOnly: true, to: ["otra@x.example", "ana@cliente.example"]), in: desk, as: true)
        #expect(try await !Self.isOwed("a@x", in: desk))
        #expect(try await Self.isOwed("b@x", in: desk))
    }

    @Test(arguments: [(["a@x"], ["notario@lejos.example"]), (["?@x"], ["ana@cliente.example"]), ([], ["ana@cliente.example"])])
    func whatIsNotForThisDeskIsNotTakenIn(marks: [String], recipients: [String]) async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        try await Self.take(Self.mail("e@x", marks: marks, joinsOnly: true, to: recipients), in: desk, as: true)
        let inbox = desk.inbox.id
        #expect(try await desk.read { try $0.messages.message(providerID: "e@x", in: inbox) } == nil)
        #expect(try await Self.isOwed("a@x", in: desk))
    }

    @Test func whatWasCollectedOnceIsNotTakenAgain() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        try await Self.take(Self.mail("a@x"), in: desk)
        let inbox = desk.inbox
        #expect(try await desk.read { try $0.rawEvents.events(of: inbox, after: nil, limit: 10) }.count == 1)
        #expect(try await desk.read { try $0.collections.place(of: inbox.id) } == "p")
    }

    /// Another place on the server, the same mail: a folder's numbers were given anew.
    @Test func theSameMailAtAnotherPlaceIsNoNewMessageAndNoNewThread() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        let event = ChannelEvent(occurredAt: desk.now, payload: .message(Self.mail("a@x")))
        try await Collect(context: desk.context, inbox: desk.inbox, bell: ProjectionBell()).take(
            CollectedBatch(events: [CollectedEvent(key: "other", body: Array("{}".utf8), events: [event])], place: "q"))
        let scope = try await desk.read { try Authorization($0, at: desk.now).scope(of: desk.principal.id) }
        let page = try await desk.read { try $0.conversations.queue(QueueFilter(state: .all), scope: scope, limit: 10, cursor: nil) }
        #expect(page.items.count == 1)
    }

    @Test func whatThePlaceDoesNotHoldIsAskedForAgain() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), in: desk)
        let sink = Collect(context: desk.context, inbox: desk.inbox, bell: ProjectionBell())
        #expect(try await sink.unseen(["key a@x", "key b@x"]) == ["key b@x"])
        #expect(try await sink.knows(anyOf: ["?@x", "a@x"]))
        #expect(try await !sink.knows(anyOf: ["?@x"]))
    }

    /// Whoever is erased is erased from all their threads.
    @Test func everyThreadOfAContactIsErased() async throws {
        let desk = try await Desk.open()
        try await Self.take(Self.mail("a@x"), Self.mail("b@x"), in: desk)
        let contact = try await Self.conversation(of: "a@x", in: desk).contact
        try await EraseContact(desk.context, blobs: MemoryBlobs()).erase(contact, for: .operatorRequest)
        let inbox = desk.inbox.id
        for id in ["a@x", "b@x"] { #expect(try await desk.read { try $0.messages.message(providerID: id, in: inbox) } == nil) }
    }
}
