import DeskCore

/// How the kinds of message look in a webhook (Cloud API, "Webhooks, messages").
extension MetaWorld {
    /// A message whose file, if any, has been put where the client can fetch it.
    struct Filed {
        var content: ContactMessage.Content
        var mediaID: String?
    }

    mutating func file(_ content: ContactMessage.Content, at now: Instant) -> Filed {
        guard case .media(let kind, let given, let caption) = content else { return Filed(content: content) }
        let file = given ?? SampleFiles.file(for: kind)
        let id = identifiers.mediaID()
        media[id] = StoredMedia(id: id, file: file, expiresAt: now + .hours(7 * 24))
        return Filed(content: .media(kind, file, caption: caption), mediaID: id)
    }

    func body(of filed: Filed, contact: MetaContact) throws(ControlError) -> JSONValue {
        switch filed.content {
        case .text(let text): ["text": ["body": .string(text)]]
        case .media(let kind, let file, let caption):
            .object([kind.type: mediaItem(kind, file, caption: caption, id: filed.mediaID ?? "")])
        case .location(let location): ["location": location.webhookItem]
        case .contacts(let shared): ["contacts": .array(shared.map(\.webhookItem))]
        case .order(let catalogue, let items, let text):
            [
                "order": .object(present: [
                    "catalog_id": .string(catalogue ?? "100000000000001"), "product_items": .array(items),
                    "text": text.map(JSONValue.string),
                ])
            ]
        case .unsupported(let code, let type):
            .object(present: [
                "errors": [GraphError(code: code, details: "Message type is currently not supported.").webhookItem],
                "unsupported": type.map { ["type": .string($0)] },
            ])
        case .numberChange(let newPhone): numberChange(of: contact, to: MetaWorld.digits(newPhone))
        case .userIDChange(let newID): userIDChange(of: contact, to: newID)
        case .button, .buttonReply, .listReply, .formReply: pressed(filed.content)
        }
    }

    private func pressed(_ content: ContactMessage.Content) -> JSONValue {
        switch content {
        case .button(let text, let payload): ["button": ["text": .string(text), "payload": .string(payload)]]
        case .buttonReply(let id, let title):
            ["interactive": ["type": "button_reply", "button_reply": ["id": .string(id), "title": .string(title)]]]
        case .listReply(let id, let title, let description):
            [
                "interactive": [
                    "type": "list_reply",
                    "list_reply": .object(present: [
                        "id": .string(id), "title": .string(title), "description": description.map(JSONValue.string),
                    ]),
                ]
            ]
        case .formReply(let response):
            [
                "interactive": [
                    "type": "nfm_reply",
                    "nfm_reply": ["name": "flow", "body": "Sent", "response_json": .string(response.text())],
                ]
            ]
        default: [:]
        }
    }

    private func mediaItem(_ kind: MediaKind, _ file: MediaFile?, caption: String?, id: String) -> JSONValue {
        .object(present: [
            "id": .string(id), "mime_type": .string(file?.mediaType ?? "application/octet-stream"),
            "sha256": file.map { .string($0.webhookDigest) }, "caption": caption.map(JSONValue.string),
            "filename": kind == .document ? file?.fileName.map(JSONValue.string) : nil,
            "voice": kind == .voice ? true : kind == .audio ? false : nil, "animated": kind == .sticker ? false : nil,
        ])
    }

    private func numberChange(of contact: MetaContact, to newPhone: String) -> JSONValue {
        let body = "User \(contact.name) changed from \(contact.phone ?? "") to \(newPhone)"
        return ["system": ["body": .string(body), "wa_id": .string(newPhone), "type": "user_changed_number"]]
    }

    private func userIDChange(of contact: MetaContact, to newID: String) -> JSONValue {
        let body = "User \(contact.name) changed from \(contact.businessScopedID) to \(newID)"
        return ["system": ["body": .string(body), "user_id": .string(newID), "type": "user_changed_user_id"]]
    }
}

extension ContactMessage.Content {
    /// Meta's name of the type.
    var type: String {
        switch self {
        case .text: "text"
        case .media(let kind, _, _): kind.type
        case .location: "location"
        case .contacts: "contacts"
        case .order: "order"
        case .button: "button"
        case .buttonReply, .listReply, .formReply: "interactive"
        case .unsupported: "unsupported"
        case .numberChange, .userIDChange: "system"
        }
    }

    /// Buttons and the like, which always hang on a message of the business's.
    var isPress: Bool { ["button", "interactive"].contains(type) }

    /// Notices about a contact, which carry no profile and open no window.
    var isSystem: Bool { type == "system" }
}

extension Location {
    fileprivate var webhookItem: JSONValue {
        .object(present: [
            "latitude": .number(latitude), "longitude": .number(longitude), "name": name.map(JSONValue.string),
            "address": address.map(JSONValue.string), "url": url.map(JSONValue.string),
        ])
    }
}

extension SharedContact {
    fileprivate var webhookItem: JSONValue {
        let shownName = name ?? phones.first ?? ""
        return .object(present: [
            "name": ["formatted_name": .string(shownName), "first_name": .string(shownName)],
            "phones": .array(phones.map { ["phone": .string($0), "type": "CELL", "wa_id": .string(MetaWorld.digits($0))] }),
            "emails": emails.isEmpty ? nil : .array(emails.map { ["email": .string($0), "type": "WORK"] }),
            "org": organization.map { ["company": .string($0)] },
        ])
    }
}
