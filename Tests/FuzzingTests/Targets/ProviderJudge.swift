import DeskCore
import Foundation
import MetaGraph
import WhatsAppChannel

/// What comes from providers.
enum ProviderJudge {
    private static let secret = Secret("the secret of an app")

    /// Whatever comes is at least one event, the same ones each time, and each that is no JSON is one that can't be read.
    static func webhook(_ bytes: [UInt8]) throws {
        let events = WhatsAppAdapter().events(in: bytes)
        try Broken.unless(!events.isEmpty, "a request left nothing")
        try Broken.unless(events == WhatsAppAdapter().events(in: bytes), "a request was read in two ways")
        try Broken.unless(events.allSatisfy { $0.key != "" }, "an event has a key that says nothing")
        if JSONParser.readable(bytes) == nil {
            try Broken.unless(events.count == 1, "what is no JSON was read as \(events.count) events")
        }
    }

    /// What is read is written as it was read; and what both parsers read, both read alike. Foundation's takes more: a comma before an
    /// end, and some of what it steps over unread.
    static func json(_ bytes: [UInt8]) throws {
        guard let value = JSONParser.readable(bytes) else { return }
        try Broken.unless(JSONParser.readable(value.encoded) == value, "what was written reads as something else")
        guard let other = try? JSONDecoder().decode(Decoded.self, from: Data(bytes)) else { return }
        try Broken.unless(other.agrees(with: value), "the two parsers read two things")
    }

    /// A header is right only when it is the very one that the body has.
    static func signature(_ bytes: [UInt8]) throws {
        let (header, body) = bytes.headAndRest
        let right = HubSignature.value(for: body, appSecret: secret)
        try Broken.unless(HubSignature.isValid(right, body: body, appSecret: secret), "a right signature was refused")
        let isTaken = HubSignature.isValid(header, body: body, appSecret: secret)
        try Broken.unless(isTaken == (header == right), "a signature was taken that is none: \(header)")
        try Broken.unless(!HubSignature.isValid(right, body: body + [0], appSecret: secret), "a signature was taken for another body")
        try Broken.unless(!HubSignature.isValid(header, body: body, appSecret: Secret("")), "an empty secret signed something")
    }
}

/// JSON as Foundation reads it, which is how the interface reads it.
private indirect enum Decoded: Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([Decoded])
    case object([String: Decoded])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([Decoded].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: Decoded].self))
        }
    }

    /// A name that comes twice is read by its last value here and by any there: nothing that is decided here depends on it.
    func agrees(with value: JSONValue) -> Bool {
        switch (self, value) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let literal)): Double(literal) == left
        case (.text(let left), .string(let right)): left.replacing("\u{0}", with: "\u{FFFD}") == right
        case (.list(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.agrees(with: $1) }
        case (.object(let left), .object(let right)):
            Set(left.keys.map { $0.replacing("\u{0}", with: "\u{FFFD}") }) == Set(right.map(\.name))
                && left.allSatisfy { name, one in right.contains { $0.name == name && one.agrees(with: $0.value) } || name.contains("\u{0}")
                }
        default: false
        }
    }
}
