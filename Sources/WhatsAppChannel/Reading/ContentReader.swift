import DeskCore
import MetaGraph

/// Reads what a message says, whoever wrote it: inbound, echoed, edited or of the past.
enum ContentReader {
    static func content(of message: JSONValue) -> MessageContent {
        let type = message["type"]?.text ?? knownTypes.first { message[$0] != nil } ?? "unknown"
        var content = body(of: type, in: message) ?? unsupported(type, in: message)
        content.quotedProviderID = message["context", "id"]?.identifier
        content.isForwardedOften = message["context", "frequently_forwarded"]?.bool
        content.isForwarded = message["context", "forwarded"]?.bool == true || content.isForwardedOften == true
        if let product = message["context", "referred_product"] { content.product = ReferredProduct(product) }
        content.referral = message["referral"].flatMap(referral)
        content.providerErrorCodes = (message["errors"]?.elements ?? []).compactMap { GraphError($0)?.code }
        return content
    }

    private static let knownTypes = [
        "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "button", "interactive", "order",
    ]

    /// Nil where the type is unknown, or its payload missing.
    private static func body(of type: String, in message: JSONValue) -> MessageContent? {
        guard let payload = message[type] else { return nil }
        return switch type {
        case "text": payload["body"]?.text.map { MessageContent(kind: .text, text: $0) }
        case "image", "video", "document", "sticker", "audio", "voice": media(type, payload)
        case "location": location(payload)
        case "contacts": sharedContacts(payload, origin: message["origin"]?.text)
        case "button": button(payload)
        case "interactive": InteractiveReader.content(of: payload)
        case "order": order(payload)
        case "reaction": MessageContent(kind: .reaction, text: payload["emoji"]?.text ?? "")
        case "system": payload["body"]?.text.map { MessageContent(kind: .system, text: $0) }
        default: nil
        }
    }

    /// `unsupported.type` says what it was where WhatsApp knows: `poll_creation`, `group_invite`, `pin`.
    private static func unsupported(_ type: String, in message: JSONValue) -> MessageContent {
        MessageContent(kind: .unsupported, providerKind: message["unsupported", "type"]?.nonEmptyText ?? type)
    }

    private static func button(_ payload: JSONValue) -> MessageContent? {
        let text = payload["text"]?.text
        let data = payload["payload"]?.identifier
        guard text != nil || data != nil else { return nil }
        return MessageContent(kind: .button, text: text ?? "", payload: data)
    }

    private static func location(_ payload: JSONValue) -> MessageContent? {
        guard let latitude = payload["latitude"]?.double, let longitude = payload["longitude"]?.double else { return nil }
        let location = Location(
            latitude: latitude, longitude: longitude, name: payload["name"]?.nonEmptyText, address: payload["address"]?.nonEmptyText,
            url: payload["url"]?.nonEmptyText)
        return MessageContent(kind: .location, location: location)
    }

    private static func order(_ payload: JSONValue) -> MessageContent? {
        guard let items = payload["product_items"]?.elements else { return nil }
        let order = Order(
            catalogue: payload["catalog_id"]?.identifier,
            items: items.map { item in
                Order.Item(
                    product: item["product_retailer_id"]?.identifier ?? "",
                    quantity: item["quantity"]?.integer.flatMap(Int.init(exactly:)) ?? 1, price: item["item_price"]?.identifier,
                    currency: item["currency"]?.nonEmptyText)
            })
        return MessageContent(kind: .order, text: payload["text"]?.text ?? "", order: order)
    }

    private static func referral(_ referral: JSONValue) -> Referral? {
        guard let members = referral.members, !members.isEmpty else { return nil }
        func text(_ name: String) -> String? { referral[name]?.identifier }
        return Referral(
            sourceURL: text("source_url"), sourceID: text("source_id"), sourceType: text("source_type"), headline: text("headline"),
            body: text("body"), clickID: text("ctwa_clid"), mediaType: text("media_type"), imageURL: text("image_url"),
            videoURL: text("video_url"), thumbnailURL: text("thumbnail_url"),
            welcomeText: referral["welcome_message", "text"]?.nonEmptyText)
    }
}

// MARK: - Files and contact cards

extension ContentReader {
    private static func media(_ type: String, _ payload: JSONValue) -> MessageContent? {
        guard let members = payload.members, !members.isEmpty else { return nil }
        let isVoice = payload["voice"]?.bool ?? (type == "voice" ? true : nil)
        let kind = isVoice == true ? .voice : MessageKind(rawValue: type) ?? .document
        let attachment = Attachment(
            kind: kind, providerMediaID: payload["id"]?.identifier, providerURL: (payload["url"] ?? payload["link"])?.nonEmptyText,
            mediaType: payload["mime_type"]?.nonEmptyText ?? Attachment.unknownMediaType, fileName: payload["filename"]?.nonEmptyText,
            providerDigest: payload["sha256"]?.nonEmptyText, byteCount: payload["file_size"]?.integer.flatMap(Int.init(exactly:)),
            isAnimated: payload["animated"]?.bool, isVoice: isVoice)
        return MessageContent(kind: kind, text: payload["caption"]?.text ?? "", attachments: [attachment])
    }

    private static func sharedContacts(_ payload: JSONValue, origin: String?) -> MessageContent? {
        guard let cards = payload.elements, !cards.isEmpty else { return nil }
        return MessageContent(kind: .contacts, sharedContacts: cards.map(sharedContact), sharedContactsOrigin: origin)
    }

    private static func sharedContact(_ card: JSONValue) -> SharedContact {
        func values(_ list: String, _ name: String) -> [String] {
            (card[list]?.elements ?? []).compactMap { $0[name]?.identifier }
        }
        let name = card["name"]
        let parts = [name?["first_name"], name?["middle_name"], name?["last_name"]].compactMap { $0?.nonEmptyText }
        return SharedContact(
            name: name?["formatted_name"]?.nonEmptyText ?? (parts.isEmpty ? nil : parts.joined(separator: " ")),
            phones: (card["phones"]?.elements ?? []).compactMap { ($0["phone"] ?? $0["wa_id"])?.identifier },
            emails: values("emails", "email"), organization: card["org", "company"]?.nonEmptyText)
    }
}

extension ReferredProduct {
    init(_ product: JSONValue) {
        self.init(catalogue: product["catalog_id"]?.identifier, product: product["product_retailer_id"]?.identifier)
    }
}
