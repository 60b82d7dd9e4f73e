package import ChannelKit
package import DeskCore
import MetaGraph

/// WhatsApp by Meta's Cloud API.
///
/// One reply is one message at Meta: at most one file, whose caption is the text. Several files would be several messages with
/// fates of their own, which one attempt could not tell truly.
package struct WhatsAppAdapter: ChannelAdapter {
    package init() {}

    package var channel: ChannelName { .whatsApp }

    package var accountSetting: String { Setting.phoneNumberID }

    package var settings: [ChannelSetting] {
        [
            ChannelSetting(Setting.phoneNumberID),
            ChannelSetting(Setting.accountID),
            ChannelSetting(Setting.accessToken, isSecret: true),
            ChannelSetting(Setting.appSecret, isSecret: true),
            ChannelSetting(Setting.verifyToken, isSecret: true),
            ChannelSetting(Setting.typing, isRequired: false, defaultValue: "off"),
            ChannelSetting(Setting.rate, isRequired: false, defaultValue: "80"),
            ChannelSetting(Setting.base, isRequired: false, defaultValue: GraphEndpoint.defaultBase),
        ]
    }

    /// Source: Cloud API, "Send messages" (text 4,096, caption 1,024 characters) and "Customer service windows" (24 hours);
    /// "Webhooks", "Webhook delivery failure" (tried again for up to 7 days).
    package var limits: ChannelLimits {
        ChannelLimits(
            maximumTextLength: 4_096, maximumCaptionLength: 1_024, maximumAttachments: 1, replyWindow: .hours(24),
            retryHorizon: .hours(7 * 24))
    }

    package func maximumBytes(ofMediaType mediaType: String) -> Int? {
        OutboundKind(mediaType: mediaType, hasCaption: false)?.maximumBytes
    }
}

enum Setting {
    static let phoneNumberID = "phone_number_id"
    static let accountID = "waba_id"
    static let accessToken = "access_token"
    static let appSecret = "app_secret"
    static let verifyToken = "verify_token"
    /// Whether contacts are shown that somebody writes: `on` or `off`.
    static let typing = "typing_indicator"
    /// The number's throughput at Meta.
    static let rate = "messages_per_second"
    static let base = "api_base"
}

extension ChannelAccount {
    func secret(_ key: String) -> Secret { secrets[key] ?? Secret("") }

    /// What Meta has granted the number: 80, 20 for one that is also on the WhatsApp Business app, up to 1,000 after an upgrade; 80 for
    /// what is no such number. Source: Cloud API, "Throughput".
    package var messagesPerSecond: Int {
        settings[Setting.rate].flatMap { Int($0) }.map { min(max($0, 1), 1_000) } ?? 80
    }

    var phoneNumberID: String { settings[Setting.phoneNumberID] ?? "" }

    var endpoint: GraphEndpoint { GraphEndpoint(base: settings[Setting.base], accessToken: secret(Setting.accessToken)) }
}
