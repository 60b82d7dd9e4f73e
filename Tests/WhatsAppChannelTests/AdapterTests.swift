import ChannelKit
import DeskCore
import MetaGraph
import Testing
import WhatsAppChannel

@Suite struct AdapterTests {
    private let adapter = WhatsAppAdapter()

    @Test func asksForItsSettingsOfWhichThreeAreSecret() {
        #expect(
            adapter.settings.map(\.key) == [
                "phone_number_id", "waba_id", "access_token", "app_secret", "verify_token", "typing_indicator", "messages_per_second",
                "api_base",
            ])
        #expect(adapter.settings.filter(\.isSecret).map(\.key) == ["access_token", "app_secret", "verify_token"])
        #expect(adapter.settings.last?.defaultValue == "https://graph.facebook.com/v25.0")
    }

    @Test(
        arguments: [
            ("image/jpeg", 5 << 20), ("video/mp4", 16 << 20), ("audio/ogg", 16 << 20), ("application/zip", 100 << 20), ("image", nil),
            ("", nil),
        ] as [(String, Int?)])
    func limitsFilesByType(mediaType: String, bytes: Int?) {
        #expect(adapter.maximumBytes(ofMediaType: mediaType) == bytes)
    }

    @Test(
        arguments: [(nil, 80), ("1000", 1_000), ("20", 20), ("0", 1), ("5000", 1_000), ("many", 80), ("", 80)] as [(String?, Int)])
    func sendsAsFastAsMetaHasGrantedTheNumber(setting: String?, rate: Int) {
        let settings = setting.map { ["messages_per_second": $0] } ?? [:]
        #expect(ChannelAccount(channel: .whatsApp, settings: settings, secrets: [:]).messagesPerSecond == rate)
    }

    @Test func believesOnlyWhatItsAppSecretSigned() throws {
        let body = try Payload.bytes("text")
        let signature = HubSignature.value(for: body, appSecret: Secret("c0ntesta-app-secret"))
        func isAuthentic(_ headers: [String: String], account: ChannelAccount = .bakery) -> Bool {
            adapter.isAuthentic(body: body, header: { headers[$0] }, account: account)
        }
        #expect(isAuthentic(["x-hub-signature-256": signature]))
        #expect(!isAuthentic([:]))
        #expect(!isAuthentic(["x-hub-signature": signature]))
        #expect(!isAuthentic(["x-hub-signature-256": signature], account: ChannelAccount(channel: .whatsApp, settings: [:], secrets: [:])))
    }

    @Test func answersTheHandshakeWithItsVerifyToken() {
        let query = [("hub.mode", "subscribe"), ("hub.verify_token", "open sesame"), ("hub.challenge", "42")].map {
            (name: $0.0, value: $0.1)
        }
        #expect(adapter.answerHandshake(query: query, account: .bakery) == "42")
        #expect(
            adapter.answerHandshake(query: query, account: ChannelAccount(channel: .whatsApp, settings: [:], secrets: [:])) == nil)
    }
}
