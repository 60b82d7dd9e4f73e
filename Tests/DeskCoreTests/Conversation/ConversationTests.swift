import DeskCore
import Testing

/// Places and versions of a thread: what a person has to have seen before answering.
struct ConversationTests {
    private static let directions: [Message.Direction] = [.inbound, .outbound, .echo, .note]

    @Test func givesPlacesFromOneOnWithoutGaps() {
        var conversation = conversation
        let places = Self.directions.map { conversation.admit($0, sentAt: Sample.noon) }
        #expect(places == [1, 2, 3, 4])
        #expect(conversation.lastPosition == 4)
    }

    @Test(arguments: directions)
    func everyEntryIsANewVersion(direction: Message.Direction) throws {
        var conversation = conversation
        _ = conversation.admit(direction, sentAt: Sample.noon)
        try conversation.requireVersion(1)
        #expect(throws: DeskError.self) { try conversation.requireVersion(0) }
    }

    @Test func aChangedMessageIsANewVersionInTheSamePlace() throws {
        var conversation = conversation
        _ = conversation.admit(.inbound, sentAt: Sample.noon)
        conversation.noteChange()
        try conversation.requireVersion(2)
        #expect(conversation.lastPosition == 1)
    }

    @Test func aStaleReplyIsToldBothVersions() {
        let conversation = conversation
        let thrown = #expect(throws: DeskError.self) { try conversation.requireVersion(9) }
        #expect(thrown?.code == .staleConversation)
        #expect(thrown?.message.contains("seen version 9, now 0") == true)
    }

    @Test(arguments: directions)
    func onlyTheContactOpensTheReplyWindow(direction: Message.Direction) {
        var conversation = conversation
        _ = conversation.admit(direction, sentAt: Sample.noon)
        #expect(conversation.lastInboundAt == (direction == .inbound ? Sample.noon : nil))
    }

    @Test func historyOpensNoReplyWindow() {
        var conversation = conversation
        _ = conversation.admit(.inbound, sentAt: Sample.noon, isOwed: false)
        #expect(conversation.lastInboundAt == nil)
    }

    @Test(arguments: [Message.Direction.inbound, .echo])
    func historyThatAlsoComesByItselfCountsFromThenOn(direction: Message.Direction) throws {
        var conversation = conversation
        _ = conversation.admit(direction, sentAt: Sample.noon, isOwed: false)
        conversation.noteLife(of: Sample.message(direction))
        #expect(conversation.lastInboundAt == (direction == .inbound ? Sample.noon : nil))
        try conversation.requireVersion(2)
        #expect(conversation.lastPosition == 1)
    }

    @Test func timesNeverGoBack() {
        var conversation = conversation
        _ = conversation.admit(.inbound, sentAt: .noon(plus: .minutes(5)))
        _ = conversation.admit(.inbound, sentAt: .noon(plus: .minutes(2)))
        #expect(conversation.lastInboundAt == .noon(plus: .minutes(5)))
        #expect(conversation.lastActivityAt == .noon(plus: .minutes(5)))
    }

    @Test(arguments: directions)
    func wakesOnlyWhenTheContactWrites(direction: Message.Direction) {
        var conversation = conversation
        conversation.snoozedUntil = .noon(plus: .hours(3))
        _ = conversation.admit(direction, sentAt: Sample.noon)
        #expect((conversation.snoozedUntil == nil) == (direction == .inbound))
    }

    @Test(arguments: [("Lucía", "Lucía"), (nil, "5215512345678")])
    func aContactIsCalledByNameOrAddress(name: String?, shown: String) {
        let contact = Contact(id: Sample.contact, workspace: Sample.workspace, name: name, identities: [Sample.phone])
        #expect(contact.displayName == shown)
    }

    private var conversation: Conversation {
        Conversation(
            id: Sample.conversation, workspace: Sample.workspace, inbox: Sample.inbox, contact: Sample.contact,
            lastActivityAt: Instant(unixSeconds: 0))
    }
}
