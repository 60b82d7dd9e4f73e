import Crypto
import DeskCore
import Foundation

/// Bodies as Meta sends them, and their signatures, made here from the documentation and with nothing of the program's.
enum WhatsAppBody {
    /// Text messages of one person in one delivery.
    static func texts(
        _ texts: [String], from phone: String = "34600111222", ids: [String], to account: String, at instant: Instant
    ) -> [UInt8] {
        let messages: [[String: Any]] = zip(texts, ids).map { text, id in
            ["from": phone, "id": id, "timestamp": String(instant.unixSeconds), "type": "text", "text": ["body": text]]
        }
        return value(messages: messages, from: phone, to: account)
    }

    static func value(messages: [Any], from phone: String = "34600111222", to account: String) -> [UInt8] {
        let value: [String: Any] = [
            "messaging_product": "whatsapp",
            "metadata": ["display_phone_number": "34911000001", "phone_number_id": account],
            "contacts": [["profile": ["name": "Luisa Prado"], "wa_id": phone]],
            "messages": messages,
        ]
        let change: [String: Any] = ["field": "messages", "value": value]
        return bytes(["object": "whatsapp_business_account", "entry": [["id": "810000000000001", "changes": [change]]]])
    }

    static func bytes(_ object: [String: Any]) -> [UInt8] {
        (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])).map(Array.init) ?? []
    }

    /// The value of `X-Hub-Signature-256`.
    static func signature(of body: [UInt8], secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        return "sha256=" + code.map { String(format: "%02x", $0) }.joined()
    }
}
