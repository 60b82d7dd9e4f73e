import DeskCore
import MetaGraph

extension ChangeReader {
    /// Conversations from before the inbox was connected; or, as an error, that the principal keeps them to themself.
    func history() -> [ChannelEvent] {
        each(in: "history") { chunk in
            accountProblems(of: chunk)
                + each(in: "threads", of: chunk) { thread in
                    each(in: "messages", of: thread) { message in [past(message, in: thread)] }
                }
        }
    }

    /// Files of the history, which come in changes of their own after the texts.
    func lateMedia() -> [ChannelEvent] {
        each(in: "messages") { message in
            let isOurs = isFromPrincipal(message)
            let address = isOurs ? Address.addressee(of: message) : Address.author(of: message)
            let received = received(message, with: contacts.correspondent(address), isFromPrincipal: isOurs, isLateMedia: true)
            return [event(.history(received), key: message.key("media"), at: message["timestamp"])]
        }
    }

    private func past(_ message: JSONValue, in thread: JSONValue) -> ChannelEvent {
        let context = thread["context"]
        let isOurs = isFromPrincipal(message)
        let address = isOurs ? Address.addressee(of: message) : Address.author(of: message)
        var correspondent = contacts.correspondent(
            Address(
                phone: address.phone ?? thread["id"]?.identifier ?? context?["wa_id"]?.identifier,
                userID: address.userID ?? context?["user_id"]?.identifier,
                parentUserID: address.parentUserID ?? context?["parent_user_id"]?.identifier))
        correspondent.username = correspondent.username ?? context?["username"]?.nonEmptyText
        let received = received(message, with: correspondent, isFromPrincipal: isOurs, isLateMedia: false)
        return event(.history(received), key: message.key("message"), at: message["timestamp"])
    }

    private func received(
        _ message: JSONValue, with correspondent: Correspondent, isFromPrincipal: Bool, isLateMedia: Bool
    ) -> ReceivedMessage {
        ReceivedMessage(
            providerID: message["id"]?.identifier, correspondent: correspondent, content: ContentReader.content(of: message),
            isFromPrincipal: isFromPrincipal, isLateMedia: isLateMedia)
    }

    /// Only what the principal wrote has an addressee; some senders of webhooks leave that out, and then our own number tells.
    private func isFromPrincipal(_ message: JSONValue) -> Bool {
        if !Address.addressee(of: message).isEmpty { return true }
        guard let from = message["from"]?.identifier, let ours = value["metadata", "display_phone_number"]?.identifier else { return false }
        return from.filter(\.isNumber) == ours.filter(\.isNumber)
    }
}
