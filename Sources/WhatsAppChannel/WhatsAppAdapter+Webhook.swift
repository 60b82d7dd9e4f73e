package import ChannelKit
package import DeskCore
import MetaGraph

extension WhatsAppAdapter: WebhookReceiving {
    package func answerHandshake(query: [(name: String, value: String)], account: ChannelAccount) -> String? {
        HubHandshake.answer(query: query, verifyToken: account.secret(Setting.verifyToken))
    }

    package func isAuthentic(body: [UInt8], header: (String) -> String?, account: ChannelAccount) -> Bool {
        HubSignature.isValid(header(HubSignature.header), body: body, appSecret: account.secret(Setting.appSecret))
    }

    package func events(in body: [UInt8]) -> [ChannelEvent] { WebhookReader.events(in: body) }
}
