import DeskCore
import MetaGraph

/// Reads a webhook body of the WhatsApp Cloud API into the desk's events.
///
/// Every level is read by itself: what can't be understood becomes one `malformed` event beside its siblings.
/// Source: WhatsApp Cloud API, Webhooks, "messages", "smb_message_echoes" and "history" references.
enum WebhookReader {
    static func events(in body: [UInt8]) -> [ChannelEvent] {
        do throws(JSONFault) {
            return events(in: try JSONParser.parse(body))
        } catch {
            return [.malformed(error.description)]
        }
    }

    private static func events(in body: JSONValue) -> [ChannelEvent] {
        guard body.members != nil else { return [.malformed("the body is no object")] }
        if let object = body["object"], object.text != "whatsapp_business_account" {
            return [ChannelEvent(payload: .ignored(reason: "not about a WhatsApp account"))]
        }
        guard let entries = body["entry"]?.elements else { return [.malformed("entry is no list")] }
        let events = entries.flatMap(events(inEntry:))
        return events.isEmpty ? [ChannelEvent(payload: .ignored(reason: "nothing inside"))] : events
    }

    private static func events(inEntry entry: JSONValue) -> [ChannelEvent] {
        guard let changes = entry["changes"]?.elements else { return [.malformed("an entry's changes are no list")] }
        return changes.flatMap(events(inChange:))
    }

    private static func events(inChange change: JSONValue) -> [ChannelEvent] {
        let field = change["field"]?.text
        guard let value = change["value"], value.members != nil else {
            return [.malformed("a change's value is no object", topic: field)]
        }
        let reader = ChangeReader(field: field, value: value)
        return switch field {
        case nil, "messages": reader.messages() + reader.statuses() + reader.accountProblems()
        case "smb_message_echoes": reader.echoes()
        case "history": reader.history() + reader.lateMedia() + reader.accountProblems()
        case .some(let field): [ChannelEvent(account: reader.account, payload: .ignored(reason: field), topic: field)]
        }
    }
}

extension ChannelEvent {
    static func malformed(_ reason: String, account: String? = nil, topic: String? = nil) -> Self {
        ChannelEvent(account: account, payload: .malformed(reason: reason), topic: topic)
    }
}
