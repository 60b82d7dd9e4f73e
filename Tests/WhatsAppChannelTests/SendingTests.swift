import ChannelKit
import DeskCore
import MetaGraph
import Testing
import WhatsAppChannel

@Suite struct SendingTests {
    private static let phone = ProviderIdentity(.phone, "34600111222")
    private static let accepted = ScriptedEgress.Answer.http(
        200, #"{"messaging_product":"whatsapp","contacts":[{"input":"34600111222"}],"messages":[{"id":"wamid.NEW="}]}"#)

    private func send(_ message: OutboundMessage, _ egress: ScriptedEgress, blobs: [String: [UInt8]] = [:]) async -> SendOutcome {
        await WhatsAppAdapter().send(message, from: .bakery, blobs: ScriptedBlobs(blobs: blobs), egress: egress)
    }

    private func text(_ text: String = "Hola", to recipient: ProviderIdentity = phone, quoting quoted: String? = nil) -> OutboundMessage {
        OutboundMessage(attempt: "attempt-1", recipient: recipient, text: text, quotedProviderID: quoted)
    }

    private func file(_ mediaType: String, text: String = "", byteCount: Int = 2, blob: String = "ab12") -> OutboundMessage {
        OutboundMessage(
            attempt: "attempt-1", recipient: Self.phone, text: text,
            attachments: [OutboundAttachment(blob: blob, mediaType: mediaType, fileName: "menú.pdf", byteCount: byteCount)])
    }

    @Test func sendsTextWithTheAttemptsID() async {
        let egress = ScriptedEgress([Self.accepted])
        #expect(await send(text(), egress) == .accepted(providerID: "wamid.NEW="))
        #expect(await egress.requests.map(\.url) == ["https://graph.facebook.com/v25.0/700100200300400/messages"])
        #expect(
            await egress.bodies == [
                [
                    "messaging_product": "whatsapp", "recipient_type": "individual", "to": "34600111222", "type": "text",
                    "text": ["body": "Hola"], "biz_opaque_callback_data": "attempt-1",
                ]
            ])
    }

    @Test func addressesPeopleByUserIDAndQuotes() async {
        let egress = ScriptedEgress([Self.accepted])
        _ = await send(text(to: ProviderIdentity(.businessScoped, "ES.88"), quoting: "wamid.Q="), egress)
        let body = await egress.bodies.first
        #expect(body?["recipient"] == "ES.88")
        #expect(body?["to"] == nil)
        #expect(body?["context"] == ["message_id": "wamid.Q="])
    }

    @Test(arguments: [
        ("image/jpeg", "", "image"), ("image/png; x=1", "Mira", "image"), ("video/mp4", "", "video"),
        ("audio/ogg; codecs=opus", "", "audio"),
        ("audio/ogg", "Escucha", "document"), ("application/pdf", "", "document"), ("image/webp", "", "document"),
    ])
    func uploadsAFileAndSendsItByID(mediaType: String, caption: String, kind: String) async throws {
        let egress = ScriptedEgress([.http(200, #"{"id":"9001"}"#), Self.accepted])
        #expect(await send(file(mediaType, text: caption), egress, blobs: ["ab12": [1, 2]]) == .accepted(providerID: "wamid.NEW="))
        #expect(await egress.requests.first?.url == "https://graph.facebook.com/v25.0/700100200300400/media")
        let body = try #require(await egress.bodies.last)
        #expect(body["type"] == .string(kind))
        #expect(body[kind, "id"] == "9001")
        #expect(body[kind, "caption"]?.text == (caption.isEmpty ? nil : caption))
        #expect(body[kind, "filename"]?.text == (kind == "document" ? "menú.pdf" : nil))
    }

    @Test(
        arguments: [
            (.http(200, #"{"messages":[]}"#), .unknown(reason: "HTTP 200 without a message's id")),
            (.http(200, "<html>"), .unknown(reason: "HTTP 200 without a message's id")),
            (.http(502, "<html>Bad Gateway</html>"), .unknown(reason: "HTTP 502 without a reason of Meta's")),
            (.http(500), .unknown(reason: "HTTP 500 without a reason of Meta's")),
            (.http(408), .unknown(reason: "HTTP 408 without a reason of Meta's")),
            (.failure(.mayHaveArrived), .unknown(reason: "scripted")),
            (.failure(.neverArrived), .rejected(DeliveryFailure(.transient, code: "unreachable", text: "scripted"))),
            (.failure(.refusedByUs), .rejected(DeliveryFailure(.account, code: "address_refused", text: "scripted"))),
            (.http(429), .rejected(DeliveryFailure(.rate, code: "http_429", text: "HTTP 429"))),
            (.http(401), .rejected(DeliveryFailure(.account, code: "http_401", text: "HTTP 401"))),
            (.http(413), .rejected(DeliveryFailure(.content, code: "http_413", text: "HTTP 413"))),
            (.http(302), .rejected(DeliveryFailure(.account, code: "http_302", text: "HTTP 302"))),
            (
                .http(500, #"{"error":{"code":131016,"message":"Service overloaded"}}"#),
                .rejected(DeliveryFailure(.transient, code: "131016", text: "Service overloaded"))
            ),
            (
                .http(503, #"{"error":{"code":424242,"message":"?"}}"#), .rejected(DeliveryFailure(.transient, code: "424242", text: "?"))
            ),
            (
                .http(400, #"{"error":{"code":130429,"message":"Rate limit hit"}}"#, headers: ["retry-after": "17"]),
                .rejected(DeliveryFailure(.rate, code: "130429", text: "Rate limit hit", retryAfter: .seconds(17)))
            ),
            (
                .http(400, #"{"error":{"code":131047,"title":"Re-engagement message"}}"#),
                .rejected(DeliveryFailure(.window, code: "131047", text: "Re-engagement message"))
            ),
            (
                .http(401, #"{"error":{"code":190,"message":"Token expired"}}"#),
                .rejected(DeliveryFailure(.account, code: "190", text: "Token expired"))
            ),
            (
                .http(400, #"{"error":{"code":131026,"message":"Undeliverable"}}"#, headers: ["retry-after": "soon"]),
                .rejected(DeliveryFailure(.recipient, code: "131026", text: "Undeliverable"))
            ),
        ] as [(ScriptedEgress.Answer, SendOutcome)])
    func tellsSureRefusalsFromOpenQuestions(answer: ScriptedEgress.Answer, expected: SendOutcome) async {
        let egress = ScriptedEgress([answer])
        #expect(await send(text(), egress) == expected)
        #expect(await egress.requests.count == 1, "one call, whatever the answer")
    }

    @Test(arguments: [.http(502), .failure(.mayHaveArrived), .failure(.neverArrived)] as [ScriptedEgress.Answer])
    func aFailedUploadIsSurelyNothingSent(answer: ScriptedEgress.Answer) async {
        let egress = ScriptedEgress([answer])
        guard case .rejected(let failure) = await send(file("image/png"), egress, blobs: ["ab12": [1]]) else {
            Issue.record("an upload sends nothing")
            return
        }
        #expect(failure.class == .transient)
        #expect(failure.code == "upload_failed")
        #expect(await egress.requests.count == 1)
    }

    @Test func refusesWithoutAskingWhatWhatsAppWouldRefuse() async {
        let egress = ScriptedEgress([])
        var twoFiles = file("image/png")
        twoFiles.attachments += twoFiles.attachments
        let refused: [(OutboundMessage, String)] = [
            (text(""), "empty"), (text(String(repeating: "a", count: 4_097)), "text_too_long"), (twoFiles, "too_many_files"),
            (file("image/png", text: String(repeating: "a", count: 1_025)), "caption_too_long"), (file("nonsense"), "file_type_refused"),
            (file("image/png", byteCount: 5 << 20 + 1), "file_too_large"),
        ]
        for (message, code) in refused {
            guard case .rejected(let failure) = await send(message, egress) else {
                Issue.record("\(code) was sent")
                continue
            }
            #expect(failure.code == code)
            #expect(failure.class == .content)
        }
        #expect(await egress.requests.isEmpty)
    }

    @Test func aFileThatTheStoreDoesNotGiveIsTriedAgainLater() async {
        let egress = ScriptedEgress([])
        guard case .rejected(let failure) = await send(file("image/png"), egress) else {
            Issue.record("sent without its file")
            return
        }
        #expect(failure.isRetryable)
    }

    @Test func reactsAndTakesReactionsBack() async {
        let egress = ScriptedEgress([Self.accepted, Self.accepted])
        for emoji in ["👍", nil] {
            let outcome = await WhatsAppAdapter().react(
                to: "wamid.THEIRS=", with: emoji, recipient: Self.phone, attempt: "attempt-2", from: .bakery, egress: egress)
            #expect(outcome == .accepted(providerID: "wamid.NEW="))
        }
        #expect(
            await egress.bodies.map { $0["reaction"] } == [
                ["message_id": "wamid.THEIRS=", "emoji": "👍"], ["message_id": "wamid.THEIRS=", "emoji": ""],
            ])
    }

    @Test func marksAsReadAndShowsTyping() async {
        let egress = ScriptedEgress([
            .http(200, #"{"success":true}"#), .http(200, #"{"success":true}"#), .http(400), .failure(.neverArrived),
        ])
        let adapter = WhatsAppAdapter()
        #expect(await adapter.markRead(providerID: "wamid.THEIRS=", for: .bakery, egress: egress))
        #expect(await egress.requests.map(\.timeout) == [.seconds(3)], "a reply would wait for it")
        #expect(await adapter.showTyping(answering: "wamid.THEIRS=", for: .bakery, egress: egress))
        #expect(await !adapter.markRead(providerID: "wamid.THEIRS=", for: .bakery, egress: egress))
        #expect(await !adapter.showTyping(answering: "wamid.THEIRS=", for: .bakery, egress: egress))
        let bodies = await egress.bodies
        #expect(bodies[0] == ["messaging_product": "whatsapp", "status": "read", "message_id": "wamid.THEIRS="])
        #expect(bodies[1]["typing_indicator"] == ["type": "text"])
    }
}
