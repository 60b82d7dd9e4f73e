import DeskCore
import MetaGraph

extension ChangeReader {
    /// What contacts wrote, changed, took back or reacted to, and WhatsApp's notices about them.
    func messages() -> [ChannelEvent] {
        each(in: "messages") { message in
            let author = contacts.correspondent(.author(of: message))
            return switch message["type"]?.text {
            case "system": [notice(message, about: author)]
            case "request_welcome": [chatOpened(message, by: author)]
            default: [written(message, by: author, isEcho: false)]
            }
        }
    }

    /// What the principal wrote in the WhatsApp Business app or on a linked device.
    func echoes() -> [ChannelEvent] {
        each(in: "message_echoes") { echo in
            [written(echo, by: contacts.correspondent(.addressee(of: echo)), isEcho: true)]
        }
    }

    private func written(_ message: JSONValue, by correspondent: Correspondent, isEcho: Bool) -> ChannelEvent {
        switch message["type"]?.text {
        case "edit": revision(message, "edit", by: correspondent, isEcho: isEcho)
        case "revoke": revision(message, "revoke", by: correspondent, isEcho: isEcho)
        case "reaction": reaction(message, by: correspondent, isEcho: isEcho)
        default: plain(message, by: correspondent, isEcho: isEcho)
        }
    }

    private func plain(_ message: JSONValue, by correspondent: Correspondent, isEcho: Bool) -> ChannelEvent {
        let received = ReceivedMessage(
            providerID: message["id"]?.identifier, correspondent: correspondent, content: ContentReader.content(of: message),
            group: message["group_id"]?.identifier)
        return event(
            isEcho ? .echo(received) : .message(received), key: message.key("message"), at: message["timestamp"])
    }

    private func reaction(_ message: JSONValue, by correspondent: Correspondent, isEcho: Bool) -> ChannelEvent {
        guard let target = message["reaction", "message_id"]?.identifier else {
            return plain(message, by: correspondent, isEcho: isEcho)
        }
        let reaction = Reaction(
            targetProviderID: target, correspondent: correspondent, emoji: message["reaction", "emoji"]?.nonEmptyText, isEcho: isEcho,
            providerID: message["id"]?.identifier)
        return event(.reaction(reaction), key: message.key("reaction"), at: message["timestamp"])
    }

    private func revision(_ message: JSONValue, _ type: String, by correspondent: Correspondent, isEcho: Bool) -> ChannelEvent {
        guard let change = message[type], let original = change["original_message_id"]?.identifier else {
            return malformed("\(type) doesn't say of which message")
        }
        var revision = Revision(
            originalProviderID: original, correspondent: correspondent, content: nil, isEcho: isEcho,
            providerID: message["id"]?.identifier)
        guard type == "edit" else { return event(.deletion(revision), key: message.key(type), at: message["timestamp"]) }
        revision.content = ContentReader.content(of: change["message"] ?? .null)
        return event(.edit(revision), key: message.key(type), at: message["timestamp"])
    }
}

// MARK: - Notices

extension ChangeReader {
    private func notice(_ message: JSONValue, about author: Correspondent) -> ChannelEvent {
        let system = message["system"]
        var correspondent = author
        if correspondent.identities.isEmpty {
            correspondent.identities = [system?["customer"], system?["previous_user_id"]].compactMap { $0?.identifier }
                .map(ProviderIdentity.whatsApp)
        }
        var newIdentities: [ProviderIdentity] = []
        if let phone = (system?["wa_id"] ?? system?["new_wa_id"])?.identifier { newIdentities.append(ProviderIdentity(.phone, phone)) }
        if let userID = system?["user_id"]?.identifier { newIdentities.append(ProviderIdentity(.businessScoped, userID)) }
        let notice = SystemNotice(
            providerID: message["id"]?.identifier, type: system?["type"]?.text ?? "", text: system?["body"]?.text ?? "",
            correspondent: correspondent, newIdentities: newIdentities)
        return event(.system(notice), key: message.key("system"), at: message["timestamp"])
    }

    /// Somebody opened the chat for the first time and has written nothing yet.
    private func chatOpened(_ message: JSONValue, by author: Correspondent) -> ChannelEvent {
        let notice = SystemNotice(
            providerID: message["id"]?.identifier, type: "request_welcome", text: "", correspondent: author)
        return event(.system(notice), key: message.key("system"), at: message["timestamp"])
    }
}

extension JSONValue {
    /// A key by the message's own id; nil where it has none.
    func key(_ kind: String) -> String? { self["id"]?.identifier.map { "\(kind):\($0)" } }
}
