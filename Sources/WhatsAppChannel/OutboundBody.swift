import DeskCore
import MetaGraph

/// Builds the bodies of `POST /{phone number id}/messages`.
///
/// Source: Cloud API, "Messages" reference.
enum OutboundBody {
    static func text(_ message: OutboundMessage) -> JSONValue {
        envelope(to: message.recipient, attempt: message.attempt, quoting: message.quotedProviderID, type: "text") {
            ["body": .string(message.text)]
        }
    }

    /// - Parameter mediaID: what Meta called the file when it was uploaded.
    static func media(_ message: OutboundMessage, _ file: OutboundAttachment, as kind: OutboundKind, mediaID: String) -> JSONValue {
        envelope(to: message.recipient, attempt: message.attempt, quoting: message.quotedProviderID, type: kind.rawValue) {
            var members = [JSONValue.Member("id", .string(mediaID))]
            if !message.text.isEmpty { members.append(JSONValue.Member("caption", .string(message.text))) }
            if kind == .document { members.append(JSONValue.Member("filename", .string(file.fileName))) }
            return .object(members)
        }
    }

    /// - Parameter emoji: nil takes an earlier reaction away.
    static func reaction(_ emoji: String?, on providerID: String, to recipient: ProviderIdentity, attempt: String) -> JSONValue {
        envelope(to: recipient, attempt: attempt, quoting: nil, type: "reaction") {
            ["message_id": .string(providerID), "emoji": .string(emoji ?? "")]
        }
    }

    static func read(_ providerID: String, isTyping: Bool) -> JSONValue {
        var members = [
            JSONValue.Member("messaging_product", "whatsapp"), JSONValue.Member("status", "read"),
            JSONValue.Member("message_id", .string(providerID)),
        ]
        if isTyping { members.append(JSONValue.Member("typing_indicator", ["type": "text"])) }
        return .object(members)
    }

    private static func envelope(
        to recipient: ProviderIdentity, attempt: String, quoting quoted: String?, type: String, content: () -> JSONValue
    ) -> JSONValue {
        var members = [
            JSONValue.Member("messaging_product", "whatsapp"),
            JSONValue.Member("recipient_type", "individual"),
            JSONValue.Member(recipient.scheme == .businessScoped ? "recipient" : "to", .string(recipient.value)),
            JSONValue.Member("type", .string(type)),
            JSONValue.Member(type, content()),
            JSONValue.Member("biz_opaque_callback_data", .string(attempt)),
        ]
        if let quoted { members.append(JSONValue.Member("context", ["message_id": .string(quoted)])) }
        return .object(members)
    }
}
