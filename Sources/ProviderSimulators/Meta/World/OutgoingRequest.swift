/// The body of a `POST /{phone}/messages`, checked as Meta checks it.
struct OutgoingRequest {
    /// `to` if there is one, else `recipient`.
    enum Address: Hashable {
        case phone(String, asWritten: String)
        case businessScoped(String)

        var asWritten: String {
            switch self {
            case .phone(_, let text): text
            case .businessScoped(let id): id
            }
        }
    }

    let type: String
    let address: Address
    let text: String?
    let mediaID: String?
    let context: String?
    let callbackData: String?
    /// What a reaction is put on.
    let reactedTo: String?

    static let mediaTypes: Set<String> = ["image", "video", "audio", "document", "sticker"]
    private static let otherTypes: Set<String> = ["text", "location", "contacts", "reaction", "interactive", "template"]

    /// Who it goes to, even if the rest of the body is wrong.
    static func address(in request: JSONValue) throws(GraphError) -> Address {
        guard request["messaging_product"]?.string == "whatsapp" else {
            throw .parameter("The parameter messaging_product is required.")
        }
        if let written = request["to"]?.string {
            let digits = MetaWorld.digits(written)
            guard (5...15).contains(digits.count) else { throw GraphError(code: 131_009, details: "Parameter 'to' is no phone number.") }
            return .phone(digits, asWritten: written)
        }
        guard let recipient = request["recipient"]?.string else { throw .parameter("The parameter to is required.") }
        guard recipient.contains(".") else { throw GraphError(code: 131_009, details: "Parameter 'recipient' is no user id.") }
        return .businessScoped(recipient)
    }

    init(_ request: JSONValue) throws(GraphError) {
        address = try Self.address(in: request)
        type = request["type"]?.string ?? "text"
        guard Self.mediaTypes.contains(type) || Self.otherTypes.contains(type) else {
            throw GraphError(code: 131_051, details: "Message type \(type) is not supported.")
        }
        guard let content = request[type] else {
            throw GraphError(code: 131_008, details: "Parameter '\(type)' is mandatory for type '\(type)'.")
        }
        text = try Self.text(of: content, type: type)
        mediaID = Self.mediaTypes.contains(type) ? content["id"]?.string : nil
        try Self.check(content, type: type)
        context = request["context"]?["message_id"]?.string
        callbackData = request["biz_opaque_callback_data"]?.string
        reactedTo = type == "reaction" ? content["message_id"]?.string : nil
        guard (callbackData ?? "").utf8.count <= 512 else {
            throw .parameter("Param biz_opaque_callback_data must be at most 512 characters long.")
        }
    }

    private static func text(of content: JSONValue, type: String) throws(GraphError) -> String? {
        switch type {
        case "text":
            guard let body = content["body"]?.string, !body.isEmpty else { throw .parameter("The parameter text['body'] is required.") }
            return try limited(body, to: 4_096, name: "text['body']")
        case "interactive":
            guard let body = content["body"]?["text"]?.string else { return nil }
            return try limited(body, to: 1_024, name: "interactive['body']['text']")
        case "reaction": return content["emoji"]?.string
        default:
            guard let caption = content["caption"]?.string else { return nil }
            return try limited(caption, to: 1_024, name: "\(type)['caption']")
        }
    }

    private static func limited(_ text: String, to count: Int, name: String) throws(GraphError) -> String {
        guard text.unicodeScalars.count <= count else { throw .parameter("Param \(name) must be at most \(count) characters long.") }
        return text
    }

    private static func check(_ content: JSONValue, type: String) throws(GraphError) {
        switch type {
        case "image", "video", "audio", "document", "sticker":
            guard content["id"]?.string != nil || content["link"]?.string != nil else {
                throw .parameter("The parameter \(type)['id'] or \(type)['link'] is required.")
            }
        case "reaction":
            guard content["message_id"]?.string != nil else { throw .parameter("The parameter reaction['message_id'] is required.") }
        case "interactive":
            guard content["type"]?.string != nil, content["action"] != nil || content["type"]?.string == "location_request_message" else {
                throw GraphError(code: 131_008, details: "Parameters 'interactive.type' and 'interactive.action' are mandatory.")
            }
        case "location":
            guard content["latitude"] != nil, content["longitude"] != nil else {
                throw .parameter("The parameters location['latitude'] and location['longitude'] are required.")
            }
        case "template":
            let name = content["name"]?.string ?? ""
            guard name == "hello_world" else {
                let language = content["language"]?["code"]?.string ?? "?"
                throw GraphError(code: 132_001, details: "template name (\(name)) does not exist in \(language)")
            }
        default: break
        }
    }
}
