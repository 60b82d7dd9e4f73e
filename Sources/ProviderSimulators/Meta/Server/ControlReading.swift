import DeskCore
import Foundation

/// Reading the control API's bodies.
extension JSONValue {
    /// - Throws: `ControlError` that names what is missing.
    func required(_ name: String) throws(ControlError) -> String {
        guard let value = self[name]?.string else { throw ControlError("The member \(name) is missing, or no string.") }
        return value
    }

    func requiredNumber(_ name: String) throws(ControlError) -> Double {
        guard let value = self[name]?.number else { throw ControlError("The member \(name) is missing, or no number.") }
        return value
    }

    func milliseconds(_ name: String) -> Duration? {
        self[name]?.integer.map { .milliseconds($0) }
    }
}

extension NewContact {
    init(control json: JSONValue) throws(ControlError) {
        self.init(name: try json.required("name"), phone: json["phone"]?.string, businessScopedID: json["bsuid"]?.string)
        username = json["username"]?.string
        parentBusinessScopedID = json["parent_bsuid"]?.string
        deliveryError = json["delivery_error"]?.integer
        sendsReadReceipts = json["sends_read_receipts"]?.boolean ?? true
        isInAllowList = json["in_allow_list"]?.boolean ?? true
        if let word = json["identity"]?.string {
            guard let identity = MetaContact.VisibleIdentity(rawValue: word) else {
                throw ControlError("identity is one of both, phone, bsuid.")
            }
            self.identity = identity
        }
    }
}

extension ContactMessage {
    init(control json: JSONValue) throws(ControlError) {
        self.init(
            try Content(control: json), timestamp: json["timestamp"]?.integer.map { Instant(unixSeconds: Int64($0)) },
            context: json["context"]?.string)
        isForwarded = json["forwarded"]?.boolean ?? false
        referral = json["referral"]
    }

    /// One message, or the members of `messages`.
    static func list(control json: JSONValue) throws(ControlError) -> [ContactMessage] {
        guard let items = json["messages"]?.array else { return [try ContactMessage(control: json)] }
        var messages: [ContactMessage] = []
        for item in items { messages.append(try ContactMessage(control: item)) }
        return messages
    }
}

extension ContactMessage.Content {
    fileprivate init(control json: JSONValue) throws(ControlError) {
        let kind = json["kind"]?.string ?? "text"
        if let media = MediaKind(rawValue: kind) {
            self = .media(media, try MediaFile(control: json["media"]), caption: json["text"]?.string)
            return
        }
        switch kind {
        case "text": self = .text(try json.required("text"))
        case "location": self = .location(try Location(control: json))
        case "contacts": self = .contacts((json["contacts"]?.array ?? []).map(SharedContact.init(control:)))
        case "order": self = .order(catalogue: json["catalog_id"]?.string, items: json["items"]?.array ?? [], text: json["text"]?.string)
        case "button": self = .button(text: try json.required("text"), payload: json["payload"]?.string ?? "")
        case "button_reply": self = .buttonReply(id: try json.required("id"), title: try json.required("title"))
        case "list_reply":
            self = .listReply(id: try json.required("id"), title: try json.required("title"), description: json["description"]?.string)
        case "form_reply": self = .formReply(json["response"] ?? [:])
        case "unsupported": self = .unsupported(code: json["code"]?.integer ?? 131_051, type: json["unsupported_type"]?.string)
        case "number_change": self = .numberChange(newPhone: try json.required("new_phone"))
        case "user_id_change": self = .userIDChange(newBusinessScopedID: try json.required("new_bsuid"))
        default: throw ControlError("There is no kind \(kind).")
        }
    }
}

extension Location {
    fileprivate init(control json: JSONValue) throws(ControlError) {
        self.init(
            latitude: try json.requiredNumber("latitude"), longitude: try json.requiredNumber("longitude"), name: json["name"]?.string,
            address: json["address"]?.string, url: json["url"]?.string)
    }
}

extension SharedContact {
    fileprivate init(control json: JSONValue) {
        self.init(
            name: json["name"]?.string, phones: (json["phones"]?.array ?? []).compactMap(\.string),
            emails: (json["emails"]?.array ?? []).compactMap(\.string), organization: json["organization"]?.string)
    }
}

extension MediaFile {
    /// - Returns: nil if there is none in `json`.
    fileprivate init?(control json: JSONValue?) throws(ControlError) {
        guard let json else { return nil }
        guard let data = Data(base64Encoded: try json.required("base64")) else { throw ControlError("media.base64 is no base64.") }
        self.init(bytes: Array(data), mediaType: try json.required("mime_type"), fileName: json["file_name"]?.string)
    }
}

extension ChatSide {
    init(control json: JSONValue) throws(ControlError) {
        guard let side = ChatSide(rawValue: json["by"]?.string ?? "contact") else { throw ControlError("by is contact or principal.") }
        self = side
    }
}

extension Fault {
    init(control json: JSONValue) throws(ControlError) {
        self.init(try Effect(control: json), times: json["times"]?.integer ?? 1, contactID: json["contact"]?.string)
    }
}

extension Fault.Effect {
    fileprivate init(control json: JSONValue) throws(ControlError) {
        let kind = try json.required("kind")
        switch kind {
        case "error": self = .refusal(try GraphError(control: json, defaultCode: nil))
        case "rate_limit": self = .refusal(GraphError(code: 130_429))
        case "http_500_html": self = .htmlError
        case "cut_after_acceptance": self = .cutAfterAcceptance
        case "cut_before_acceptance": self = .cutBeforeAcceptance
        case "delay": self = .delay(json.milliseconds("milliseconds") ?? .seconds(1))
        case "async_failure": self = .asyncFailure(try GraphError(control: json, defaultCode: 131_026))
        case "media_error": self = .mediaRefusal(try Self.mediaError(control: json))
        case "webhook_duplicate": self = .webhookDuplicate
        case "webhook_drop_first": self = .webhookDropFirst
        case "webhook_reorder": self = .webhookReorder
        case "webhook_wrong_signature": self = .webhookWrongSignature
        case "webhook_delay": self = .webhookDelay(json.milliseconds("milliseconds") ?? .seconds(1))
        default: throw ControlError("There is no fault \(kind).")
        }
    }

    private static func mediaError(control json: JSONValue) throws(ControlError) -> GraphError {
        guard json["code"] != nil else {
            return GraphError(code: 100, status: json["http_status"]?.integer ?? 404, title: "The file is not to be had.")
        }
        return try GraphError(control: json, defaultCode: nil)
    }
}

extension GraphError {
    fileprivate init(control json: JSONValue, defaultCode: Int?) throws(ControlError) {
        guard let code = json["code"]?.integer ?? defaultCode else { throw ControlError("The member code is missing.") }
        self.init(code: code)
        if let status = json["http_status"]?.integer { self.status = status }
        if let message = json["message"]?.string { title = message }
    }
}

extension MetaBehaviour {
    /// Takes over what `json` names.
    mutating func adopt(control json: JSONValue) throws(ControlError) {
        func word<Word: RawRepresentable<String>>(_ name: String, _ current: Word) throws(ControlError) -> Word {
            guard let text = json[name]?.string else { return current }
            guard let value = Word(rawValue: text) else { throw ControlError("\(name) can't be \(text).") }
            return value
        }
        statuses = try word("statuses", statuses)
        statusOrder = try word("status_order", statusOrder)
        windowRefusal = try word("window_refusal", windowRefusal)
        sentAfter = json.milliseconds("sent_after_ms") ?? sentAfter
        deliveredAfter = json.milliseconds("delivered_after_ms") ?? deliveredAfter
        readAfter = json.milliseconds("read_after_ms") ?? readAfter
        retryBase = json.milliseconds("retry_base_ms") ?? retryBase
        maximumBatch = max(1, json["batch"]?.integer ?? maximumBatch)
        webhookConcurrency = max(1, json["webhook_concurrency"]?.integer ?? webhookConcurrency)
        limitsPairs = json["pair_limit"]?.boolean ?? limitsPairs
        throughputPerSecond = max(1, json["throughput_per_second"]?.integer ?? throughputPerSecond)
        usesAllowList = json["allow_list"]?.boolean ?? usesAllowList
    }
}
