/// The grant as programs and the store write it down.
///
/// ```json
/// {"actions": ["read", "reply"], "inboxes": null, "topics": ["sales"], "contact_classes": ["ordinary"], "own_only": false,
///  "ends_at": 1795176000000000}
/// ```
///
/// `inboxes` and `topics` null: all of them. `ends_at` in microseconds since 1970, null for never.
extension Grant: Codable {
    private enum Key: String, CodingKey {
        case actions, inboxes, topics
        case contactClasses = "contact_classes"
        case isLimitedToOwn = "own_only"
        case endsAt = "ends_at"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            actions: Set(try container.decode([Policy.Action].self, forKey: .actions)),
            inboxes: try container.decodeIfPresent([String].self, forKey: .inboxes).map { Set($0.map { Inbox.ID($0) }) },
            topics: try container.decodeIfPresent([Topic].self, forKey: .topics).map(Set.init),
            contactClasses: Set(try container.decode([ContactClass].self, forKey: .contactClasses)),
            isLimitedToOwn: try container.decode(Bool.self, forKey: .isLimitedToOwn),
            endsAt: try container.decodeIfPresent(Int64.self, forKey: .endsAt).map(Instant.init(microseconds:)))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(actions.map(\.rawValue).sorted(), forKey: .actions)
        try container.encode(inboxes.map { $0.map(\.text).sorted() }, forKey: .inboxes)
        try container.encode(topics.map { $0.map(\.rawValue).sorted() }, forKey: .topics)
        try container.encode(contactClasses.map(\.rawValue).sorted(), forKey: .contactClasses)
        try container.encode(isLimitedToOwn, forKey: .isLimitedToOwn)
        try container.encode(endsAt?.microseconds, forKey: .endsAt)
    }
}
