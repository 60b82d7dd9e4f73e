import DeskCore

/// A conversation in which every kind of message occurs once.
extension Gallery {
    var kindsPage: ConversationPage {
        let header = ConversationHeader(
            conversationID: "rosa", contactName: "Rosa", contactAddress: "+55 21 5555 0136", channelName: "WhatsApp", inboxName: "Tienda",
            owed: .init(since: ago(41), due: ahead(22), messageCount: 2), assignee: .other(name: "Marta"), snoozedUntil: ahead(30),
            window: ReplyWindowView(channelName: "WhatsApp", closesAt: ahead(80), wording: wording), wording: wording)
        let messages = (receivedKinds + changedKinds + sentKinds).map { (message: $0, at: ago(60)) }
        return ConversationPage(
            queue: queue(), header: header, timeline: TimelineEntry.entries(for: messages, wording: wording), composer: composer(),
            panel: panel(header), eventsPath: nil)
    }

    private func received(
        _ content: MessageContent, changes: MessageBubble.Changes = .init(), failed: Set<Int> = [],
        direction: MessageBubble.Direction? = nil
    ) -> MessageBubble {
        let from = direction ?? .inbound(contactName: "Rosa")
        return MessageBubble(
            id: "k-\(content.kind.rawValue)", direction: from, content: content, sentAt: ago(60), changes: changes,
            failedAttachments: failed, wording: wording)
    }

    private func file(
        _ kind: MessageKind, _ type: String, name: String? = nil, bytes: Int? = nil, isHere: Bool = true
    ) -> Attachment {
        Attachment(kind: kind, mediaType: type, fileName: name, byteCount: bytes, blob: isHere ? "sample" : nil)
    }

    private var receivedKinds: [MessageBubble] {
        let order = Order(items: [
            .init(product: "Pan de masa madre", quantity: 2, price: "8.50", currency: "USD"),
            .init(product: "Focaccia de romero", quantity: 1, price: "6.00", currency: "USD"),
        ])
        let place = Location(latitude: -22.90642, longitude: -43.18223, name: "Praça Mauá", address: "Centro, Rio de Janeiro")
        let person = SharedContact(
            name: "Inés Duarte", phones: ["+55 21 5555 0199"], emails: ["ines@example.com"], organization: "Duarte & Hijas")
        let ad = Referral(sourceURL: "https://example.com/anuncio", headline: "Pan recién horneado", body: "Pedidos por WhatsApp")
        return [
            received(MessageContent(kind: .text, text: "Vi el anuncio y quería encargar", referral: ad)),
            received(MessageContent(kind: .image, text: "Así quedó la vitrina", attachments: [file(.image, "image/jpeg")])),
            received(MessageContent(kind: .voice, attachments: [file(.voice, "audio/ogg")])),
            received(MessageContent(kind: .audio, attachments: [file(.audio, "audio/mpeg", name: "jingle.mp3")])),
            received(MessageContent(kind: .video, attachments: [file(.video, "video/mp4")])),
            received(MessageContent(kind: .sticker, attachments: [file(.sticker, "image/webp")])),
            received(
                MessageContent(
                    kind: .document, attachments: [file(.document, "application/pdf", name: "Pedido marzo.pdf", bytes: 241_300)])),
            received(MessageContent(kind: .location, location: place)),
            received(MessageContent(kind: .contacts, sharedContacts: [person])),
            received(MessageContent(kind: .order, text: "Para el sábado, por favor", order: order)),
            received(MessageContent(kind: .button, text: "Sí, confirmar")),
            received(MessageContent(kind: .interactive, text: "Retiro en el local")),
        ]
    }

    private var changedKinds: [MessageBubble] {
        let lost = [file(.document, "application/pdf", name: "Lista.pdf", isHere: false)]
        let late = [file(.image, "image/jpeg", isHere: false)]
        return [
            received(MessageContent(kind: .text, text: "_Nota_: ~mañana~ el viernes, ```ref 4471```", isForwarded: true)),
            received(MessageContent(kind: .text, text: "Son tres, no dos"), changes: .init(editedAt: ago(58))),
            received(MessageContent(kind: .text), changes: .init(isDeleted: true)),
            received(MessageContent(kind: .image, attachments: late)),
            received(MessageContent(kind: .document, attachments: lost), failed: [0]),
            received(MessageContent(kind: .unsupported, providerErrorCodes: [131_051])),
            received(MessageContent(kind: .system, text: "Rosa cambió su número a +55 21 5555 0137")),
            received(MessageContent(kind: .text, text: "Ya le contesté yo, gracias"), direction: .echo),
        ]
    }

    private var sentKinds: [MessageBubble] {
        DeliveryView.Status.allCases.map { status in
            let id = "k-\(status.rawValue)"
            let refusal = wording.failure(DeliveryFailure(.window, code: "131047", text: "Re-engagement message"))
            return MessageBubble(
                id: id, direction: .outbound(authorName: "Marta Rey"), content: MessageContent(kind: .text, text: "Va en camino."),
                sentAt: ago(40),
                delivery: DeliveryView(messageID: id, status: status, failure: refusal, canRetry: true, wording: wording),
                wording: wording)
        }
    }
}
