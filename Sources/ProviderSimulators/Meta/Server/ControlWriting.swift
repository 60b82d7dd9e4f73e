import DeskCore
import Foundation

/// Wording the control API's answers.
extension Instant {
    /// RFC 3339, UTC, with milliseconds.
    var timestampText: String {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension MetaContact {
    var controlItem: JSONValue {
        .object(present: [
            "id": .string(id), "name": .string(name), "phone": phone.map(JSONValue.string), "bsuid": .string(businessScopedID),
            "parent_bsuid": parentBusinessScopedID.map(JSONValue.string), "username": username.map(JSONValue.string),
            "identity": .string(identity.rawValue), "window_closes_at": windowClosesAt.map { .string($0.timestampText) } ?? .null,
            "unread": .array(unread.map(JSONValue.string)),
        ])
    }
}

extension WrittenMessage {
    var controlItem: JSONValue {
        .object(present: [
            "message_id": .string(messageID), "timestamp": .integer(timestamp.unixSeconds), "media_id": mediaID.map(JSONValue.string),
        ])
    }
}

extension Receipt {
    var controlItem: JSONValue {
        let isReaction = kind == "reaction"
        return .object(present: [
            "sequence": .integer(Int64(sequence)), "at": .string(at.timestampText), "outcome": .string(outcome.rawValue),
            "kind": .string(kind), "message_id": messageID.map(JSONValue.string), "contact_id": contactID.map(JSONValue.string),
            "to": .string(recipient), "text": isReaction ? nil : text.map(JSONValue.string), "media": media?.controlItem,
            "context": context.map(JSONValue.string), "emoji": isReaction ? text.map(JSONValue.string) : nil,
            "reacted_to": isReaction ? request["reaction"]?["message_id"] : nil, "callback_data": callbackData.map(JSONValue.string),
            "answer_lost": .boolean(isAnswerLost), "reached_contact": .boolean(reachedContact),
            "statuses": .array(statuses.map(JSONValue.string)), "error_code": errorCode.map { .integer(Int64($0)) }, "request": request,
        ])
    }
}

extension Receipt.Media {
    fileprivate var controlItem: JSONValue {
        .object(present: [
            "id": .string(id), "sha256": .string(digest), "mime_type": .string(mediaType), "byte_count": .integer(Int64(byteCount)),
            "file_name": fileName.map(JSONValue.string),
        ])
    }
}

extension Mark {
    var controlItem: JSONValue {
        .object(present: [
            "at": .string(at.timestampText), "message_id": .string(messageID), "contact_id": contactID.map(JSONValue.string),
            "typing": .boolean(showsTyping),
        ])
    }
}

extension WebhookAttempt {
    var controlItem: JSONValue {
        var item: [String: JSONValue] = [
            "delivery": .integer(Int64(delivery)), "attempt": .integer(Int64(attempt)), "at": .string(at.timestampText),
            "url": url.map(JSONValue.string) ?? .null, "byte_count": .integer(Int64(body.count)),
            "body": (try? JSONValue(parsing: body)) ?? .null, "fault": fault.map(JSONValue.string) ?? .null,
        ]
        item.merge(outcome.controlMembers) { _, new in new }
        return .object(item)
    }
}

extension WebhookOutcome {
    var controlMembers: [String: JSONValue] {
        switch self {
        case .answered(let status, let body): ["status": .integer(Int64(status)), "answer": .string(body)]
        case .failed(let reason): ["status": .null, "error": .string(reason)]
        }
    }
}

extension Fault {
    var controlItem: JSONValue {
        .object(present: [
            "id": .integer(Int64(id)), "kind": .string(effect.name), "times": .integer(Int64(remaining)),
            "contact": contactID.map(JSONValue.string),
        ])
    }
}

extension MetaBehaviour {
    var controlItem: JSONValue {
        [
            "statuses": .string(statuses.rawValue), "status_order": .string(statusOrder.rawValue),
            "sent_after_ms": .integer(sentAfter.wholeMilliseconds), "delivered_after_ms": .integer(deliveredAfter.wholeMilliseconds),
            "read_after_ms": .integer(readAfter.wholeMilliseconds), "retry_base_ms": .integer(retryBase.wholeMilliseconds),
            "batch": .integer(Int64(maximumBatch)), "webhook_concurrency": .integer(Int64(webhookConcurrency)),
            "window_refusal": .string(windowRefusal.rawValue), "pair_limit": .boolean(limitsPairs),
            "throughput_per_second": .integer(Int64(throughputPerSecond)), "allow_list": .boolean(usesAllowList),
        ]
    }
}
