import DeskCore
import MetaGraph

/// Reads one change of a webhook: what one number of ours has to tell about one field.
struct ChangeReader {
    let field: String?
    let value: JSONValue
    /// The id of our phone number.
    let account: String?
    let contacts: ContactBook

    init(field: String?, value: JSONValue) {
        self.field = field
        self.value = value
        account = value["metadata", "phone_number_id"]?.identifier
        contacts = ContactBook(value)
    }

    /// Reads each element of a list by itself. A missing list is an empty one.
    func each(in name: String, of container: JSONValue? = nil, read: (JSONValue) -> [ChannelEvent]) -> [ChannelEvent] {
        switch (container ?? value)[name] {
        case nil, .null: []
        case .array(let elements):
            elements.flatMap { element in element.members == nil ? [malformed("one of the \(name) is no object")] : read(element) }
        default: [malformed("\(name) is no list")]
        }
    }

    func event(_ payload: ChannelEvent.Payload, key: String?, at timestamp: JSONValue?) -> ChannelEvent {
        let seconds = timestamp?.integer
        return ChannelEvent(
            account: account, key: key, occurredAt: seconds.map(Instant.init(unixSeconds:)), payload: payload, topic: field)
    }

    func malformed(_ reason: String) -> ChannelEvent { .malformed(reason, account: account, topic: field) }

    /// The errors that concern our account as a whole.
    func accountProblems(of container: JSONValue? = nil) -> [ChannelEvent] {
        let errors = ((container ?? value)["errors"]?.elements ?? []).compactMap { GraphError($0) }
        guard !errors.isEmpty else { return [] }
        let text = errors.map(\.text).filter { !$0.isEmpty }.joined(separator: "; ")
        return [event(.accountProblem(codes: errors.map(\.code), text: text), key: nil, at: nil)]
    }
}
