import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What was said before the inbox was connected: shown, never owed.
struct HistoryTests {
    @Test func isShownAndNotOwedAndOpensNoWindow() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.history("hace un mes", id: "wamid.1", at: desk.now))

        #expect(try await desk.messages().map(\.isHistory) == [true])
        #expect(try await !desk.isOwed())
        #expect(try await desk.conversation().lastInboundAt == nil)
        #expect(await code { _ = try await desk.reply() } == .replyWindowClosed)
    }

    @Test func whatThePrincipalWroteThenIsThePrincipals() async throws {
        let desk = try await Desk.open()
        try await desk.receive(
            .history("¿Abren hoy?", id: "wamid.1", at: desk.now), .history("Sí", id: "wamid.2", at: desk.now, isFromPrincipal: true))
        #expect(try await desk.messages().map(\.direction) == [.inbound, .echo])
    }

    @Test func endsNothingThatIsOwed() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.9")
        try await desk.receive(.history("Sí", id: "wamid.2", at: desk.now + .seconds(5), isFromPrincipal: true))
        #expect(try await desk.isOwed())
    }

    @Test func aMessageThatAlsoArrivesLiveIsOwed() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.history("¿Abren hoy?", id: "wamid.1", at: desk.now))
        let receipt = try await desk.writes("¿Abren hoy?", id: "wamid.1")

        #expect(!receipt.isRepetition)
        #expect(try await desk.isOwed())
        #expect(try await desk.messages().count == 1)
        #expect(try await desk.conversation().lastInboundAt == desk.now)
        #expect(try await desk.writes("¿Abren hoy?", id: "wamid.1").isRepetition)
    }

    @Test func aFileThatComesLaterJoinsItsMessage() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.history("la foto", id: "wamid.1", at: desk.now))
        let photo = DeskCore.Attachment(kind: .image, providerMediaID: "media.1", mediaType: "image/jpeg")
        try await desk.receive(.history("", id: "wamid.1", at: desk.now, attachments: [photo]))

        let message = try #require(try await desk.messages().first)
        #expect(try await desk.messages().count == 1)
        #expect(message.content.text == "la foto")
        #expect(message.content.attachments.map(\.providerMediaID) == ["media.1"])
        let now = desk.now
        #expect(try await desk.read { try $0.media.due(at: now, limit: 9) }.map(\.message) == [message.id])
    }

    @Test func aLateFileDeliveredTwiceIsFetchedOnce() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.history("la foto", id: "wamid.1", at: desk.now))
        let photo = DeskCore.Attachment(kind: .image, providerMediaID: "media.1", mediaType: "image/jpeg")
        for isRepetition in [false, true] {
            let receipt = try await desk.receive(.history("", id: "wamid.1", at: desk.now, attachments: [photo]))
            #expect(receipt.isRepetition == isRepetition)
        }
        let now = desk.now
        #expect(try await desk.read { try $0.media.due(at: now, limit: 9) }.count == 1)
    }
}

extension ChannelEvent {
    fileprivate static func history(
        _ text: String, id: String, at instant: Instant, isFromPrincipal: Bool = false, attachments: [DeskCore.Attachment] = []
    ) -> ChannelEvent {
        let message = ReceivedMessage(
            providerID: id, correspondent: .marta,
            content: MessageContent(kind: attachments.first?.kind ?? .text, text: text, attachments: attachments),
            isFromPrincipal: isFromPrincipal, isLateMedia: !attachments.isEmpty)
        return ChannelEvent(key: id, occurredAt: instant, payload: .history(message))
    }
}
