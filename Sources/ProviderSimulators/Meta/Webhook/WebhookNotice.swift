package import DeskCore

/// One thing to tell the webhook, before it is put into an envelope.
package enum WebhookNotice: Hashable, Sendable {
    case message(JSONValue, contact: JSONValue?)
    case status(JSONValue, contact: JSONValue?)
    case echo(JSONValue, contact: JSONValue?)

    /// The subscription field that it belongs to.
    var field: String {
        switch self {
        case .message, .status: "messages"
        case .echo: "smb_message_echoes"
        }
    }
}

/// Notices that belong together, and when they are due.
package struct PlannedNotices: Hashable, Sendable {
    package let notices: [WebhookNotice]
    package let contactID: String?
    package let due: Instant
}

/// The envelope around notices (Cloud API, "Webhooks, components").
enum WebhookEnvelope {
    /// One entry, with one change for each subscription field.
    static func body(for notices: [WebhookNotice], account: MetaAccount) -> JSONValue {
        let fields = notices.map(\.field).reduce(into: [String]()) { fields, field in
            if !fields.contains(field) { fields.append(field) }
        }
        let changes = fields.map { field in
            change(field, of: notices.filter { $0.field == field }, account: account)
        }
        return [
            "object": "whatsapp_business_account",
            "entry": [["id": .string(account.businessAccountID), "changes": .array(changes)]],
        ]
    }

    private static func change(_ field: String, of notices: [WebhookNotice], account: MetaAccount) -> JSONValue {
        var value: [String: JSONValue] = [
            "messaging_product": "whatsapp",
            "metadata": [
                "display_phone_number": .string(account.displayPhoneNumber), "phone_number_id": .string(account.phoneNumberID),
            ],
        ]
        var contacts: [JSONValue] = []
        for notice in notices {
            let (list, item, contact) = notice.parts
            value[list] = .array((value[list]?.array ?? []) + [item])
            if let contact, !contacts.contains(contact) { contacts.append(contact) }
        }
        if !contacts.isEmpty { value["contacts"] = .array(contacts) }
        return ["field": .string(field), "value": .object(value)]
    }
}

extension WebhookNotice {
    fileprivate var parts: (list: String, item: JSONValue, contact: JSONValue?) {
        switch self {
        case .message(let item, let contact): ("messages", item, contact)
        case .status(let item, let contact): ("statuses", item, contact)
        case .echo(let item, let contact): ("message_echoes", item, contact)
        }
    }
}

/// Where the webhook is: a phone number's own address goes before the account's, that before the app's.
package struct WebhookAddress: Hashable, Sendable {
    package var application: String?
    package var businessAccount: String?
    package var phoneNumber: String?
    /// Whether the app is subscribed to the account; without that Meta tells nothing.
    package var isSubscribed = true

    package init(application: String?) { self.application = application }

    /// Where notices go now; nil for nowhere.
    package var current: String? { isSubscribed ? phoneNumber ?? businessAccount ?? application : nil }
}
