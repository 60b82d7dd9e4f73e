import DeskCore
import Testing

@Suite struct MessageReadingTests {
    private static let digest = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="

    private static func file(
        _ kind: MessageKind, _ id: String, _ mediaType: String, text: String = "", url: String? = nil, name: String? = nil,
        isAnimated: Bool? = nil, isVoice: Bool? = nil
    ) -> MessageContent {
        MessageContent(
            kind: kind, text: text,
            attachments: [
                Attachment(
                    kind: kind, providerMediaID: id, providerURL: url, mediaType: mediaType, fileName: name, providerDigest: digest,
                    isAnimated: isAnimated, isVoice: isVoice)
            ])
    }

    private static let contents: [(String, MessageContent)] = [
        ("text", MessageContent(kind: .text, text: "¿Tienen mesa para mañana? 🙂")),
        ("text-quoting", MessageContent(kind: .text, text: "Yes, that one", quotedProviderID: "wamid.QUOTED=")),
        ("text-forwarded", MessageContent(kind: .text, text: "Mira esto", isForwarded: true, isForwardedOften: true)),
        (
            "text-about-product",
            MessageContent(
                kind: .text, text: "Is it in stock?", quotedProviderID: "wamid.CATALOGUE=",
                product: ReferredProduct(catalogue: "55501", product: "sku-9"))
        ),
        (
            "text-from-advertisement",
            MessageContent(
                kind: .text, text: "Quiero información",
                referral: Referral(
                    sourceURL: "https://fb.example/ad/1", sourceID: "120210", sourceType: "ad", headline: "Cenas de grupo",
                    body: "Reserva hoy", clickID: "Aff-click", mediaType: "image", imageURL: "https://fb.example/ad.jpg"))
        ),
        (
            "image",
            file(
                .image, "1500000001", "image/jpeg", text: "Así quedó",
                url: "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1500000001")
        ),
        ("video", file(.video, "1500000002", "video/mp4")),
        ("voice", file(.voice, "1500000003", "audio/ogg; codecs=opus", isVoice: true)),
        ("audio", file(.audio, "1500000004", "audio/mpeg", isVoice: false)),
        ("document", file(.document, "1500000005", "application/pdf", text: "Firmado", name: "Presupuesto ../marzo.pdf")),
        ("sticker", file(.sticker, "1500000006", "image/webp", isAnimated: true)),
        (
            "image-with-errors",
            MessageContent(
                kind: .image, attachments: [Attachment(kind: .image, mediaType: "image/jpeg", providerDigest: digest)],
                providerErrorCodes: [131_052])
        ),
        (
            "location",
            MessageContent(kind: .location, location: Location(latitude: 0, longitude: -3.5, name: "Isla", address: "Golfo de Guinea"))
        ),
        (
            "contacts",
            MessageContent(
                kind: .contacts,
                sharedContacts: [
                    SharedContact(name: "Ana Gil", phones: ["+34 600 333 444"], emails: ["ana@example.org"], organization: "Gil S.L."),
                    SharedContact(name: "Beto Roca"),
                ], sharedContactsOrigin: "contact_request/other")
        ),
        ("button", MessageContent(kind: .button, text: "Sí, confirmo", payload: "confirm-41", quotedProviderID: "wamid.TEMPLATE=")),
        ("button-reply", MessageContent(kind: .interactive, text: "Martes 10:00", payload: "slot-2", providerKind: "button_reply")),
        (
            "list-reply",
            MessageContent(
                kind: .interactive, text: "Envío exprés", payload: "row-7", form: [FormAnswer(name: "description", value: "Llega mañana")],
                providerKind: "list_reply")
        ),
        (
            "form-reply",
            MessageContent(
                kind: .interactive, text: "Sent", payload: "tok-1",
                form: [
                    FormAnswer(name: "people", value: "4"), FormAnswer(name: "terrace", value: "true"),
                    FormAnswer(name: "dishes", value: "soup, rice"), FormAnswer(name: "when.day", value: "2026-12-01"),
                ], providerKind: "nfm_reply")
        ),
        (
            "form-reply-broken",
            MessageContent(
                kind: .interactive, text: "response: not json", form: [FormAnswer(name: "response", value: "not json")],
                providerKind: "nfm_reply")
        ),
        (
            "call-permission",
            MessageContent(
                kind: .interactive,
                form: [
                    FormAnswer(name: "response", value: "accept"), FormAnswer(name: "is_permanent", value: "false"),
                    FormAnswer(name: "expiration_timestamp", value: "1789604800"),
                ], providerKind: "call_permission_reply")
        ),
        (
            "product-question",
            MessageContent(
                kind: .interactive, text: "¿Lo hay en azul?",
                form: [
                    FormAnswer(name: "action.catalog_id", value: "55501"),
                    FormAnswer(name: "action.product_retailer_id", value: "sku-9"),
                ], product: ReferredProduct(catalogue: "55501", product: "sku-9"), providerKind: "product")
        ),
        ("interactive-empty", MessageContent(kind: .unsupported, providerKind: "interactive")),
        (
            "order",
            MessageContent(
                kind: .order, text: "Para llevar",
                order: Order(
                    catalogue: "55501",
                    items: [
                        Order.Item(product: "sku-9", quantity: 2, price: "12.5", currency: "EUR"),
                        Order.Item(product: "sku-10", quantity: 1, price: "3", currency: "EUR"),
                    ]))
        ),
        ("unsupported", MessageContent(kind: .unsupported, providerErrorCodes: [131_051], providerKind: "poll_creation")),
        ("kind-of-tomorrow", MessageContent(kind: .unsupported, providerKind: "hologram")),
    ]

    @Test(arguments: contents)
    func readsWhatEachKindSays(name: String, expected: MessageContent) throws {
        let events = try Payload.events(name)
        let message = try #require(events.first?.message)
        #expect(events.count == 1)
        #expect(message.content == expected)
        #expect(message.correspondent == .luisa)
        #expect(events[0].account == "700100200300400")
        #expect(events[0].key == message.providerID.map { "message:\($0)" })
        #expect(events[0].occurredAt.map { 1_789_000_000...1_789_000_099 ~= $0.unixSeconds } == true)
    }

    @Test func aPersonWithoutAPhoneNumberIsKnownByTheirUserID() throws {
        let message = try #require(try Payload.events("text-without-phone").first?.message)
        #expect(message.correspondent.identities == [ProviderIdentity(.businessScoped, "ES.7301928374650")])
        #expect(message.correspondent.name == "Luisa Prado")
    }

    @Test func anotherSpellingOfANumberIsTheSamePersonAndIsNeverRewritten() throws {
        let message = try #require(try Payload.events("other-spelling").first?.message)
        #expect(
            message.correspondent
                == Correspondent(
                    identities: [ProviderIdentity(.phone, "5511987654321"), ProviderIdentity(.businessScoped, "BR.42")], name: "Caio"))
    }

    @Test(arguments: ["two-people-one-contact", "contact-of-somebody-else"])
    func nobodyIsGivenAnotherPersonsName(name: String) throws {
        let people = try Payload.events(name).compactMap(\.message?.correspondent)
        #expect(!people.isEmpty)
        #expect(people.allSatisfy { $0.name == nil && $0.identities.count == 2 })
    }

    @Test func anOddAddressIsKeptAsItCame() throws {
        let message = try #require(try Payload.events("odd-address").first?.message)
        #expect(message.correspondent.identities == [ProviderIdentity(.opaque, "REDACTED")])
    }

    @Test func groupsAreNamed() throws {
        #expect(try Payload.events("text-in-group").first?.message?.group == "R3J1cG8x")
    }

    @Test func aMessageWithoutAnIDHasNoKey() throws {
        let event = try #require(try Payload.events("without-id").first)
        #expect(event.key == nil)
        #expect(event.account == nil)
        #expect(event.message?.content.text == "sin id, hora como número")
        #expect(event.occurredAt == Instant(unixSeconds: 1_789_000_400))
    }

    @Test func anUnreadableTimeIsNoTime() throws {
        let event = try #require(try Payload.events("without-time").first)
        #expect(event.occurredAt == nil)
        #expect(event.message?.content.text == "¿cuándo?")
    }
}
