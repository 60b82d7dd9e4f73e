import DeskCore
import MetaGraph

extension ChangeReader {
    /// What became of our own messages.
    func statuses() -> [ChannelEvent] {
        each(in: "statuses") { status in
            guard let id = status["id"]?.identifier, let word = status["status"]?.text else {
                return [malformed("a status without a message's id or a stage")]
            }
            guard let stage = StatusUpdate.Stage(rawValue: word) else {
                return [event(.ignored(reason: "status \(word)"), key: nil, at: status["timestamp"])]
            }
            return [event(.status(update(status, of: id, stage)), key: key(status, of: id, stage), at: status["timestamp"])]
        }
    }

    private func update(_ status: JSONValue, of id: String, _ stage: StatusUpdate.Stage) -> StatusUpdate {
        let errors = (status["errors"]?.elements ?? []).compactMap { GraphError($0) }
        let recipient = contacts.correspondent(.recipient(of: status))
        let isGroup = status["recipient_type"]?.text == "group"
        return StatusUpdate(
            providerID: id, stage: stage, recipient: recipient.identities.isEmpty ? nil : recipient,
            callbackData: status["biz_opaque_callback_data"]?.identifier, failure: stage == .failed ? failure(errors) : nil,
            providerErrorCodes: errors.map(\.code), group: isGroup ? status["recipient_id"]?.identifier : nil)
    }

    private func failure(_ errors: [GraphError]) -> DeliveryFailure {
        errors.first?.failure() ?? DeliveryFailure(.recipient, code: WhatsAppFailureCode.unspecified, text: "")
    }

    /// Each participant of a group has stages of their own.
    private func key(_ status: JSONValue, of id: String, _ stage: StatusUpdate.Stage) -> String {
        let participant = status["recipient_type"]?.text == "group" ? Address.recipient(of: status) : Address()
        let suffix = (participant.userID ?? participant.phone).map { ":" + $0 } ?? ""
        return "status:\(id):\(stage.rawValue)\(suffix)"
    }
}
