import DeskCore
import Foundation

/// Values that are stored as JSON text. Keys are sorted, so that the same value is the same text.
enum JSONText {
    static func encode(_ value: some Encodable) throws(DeskError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .storageFault("a value can't be written as JSON")
        }
    }

    static func decode<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws(DeskError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw .storageFault("stored JSON is no \(Value.self)")
        }
    }
}

extension SQLRow {
    func json<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws(DeskError) -> Value {
        try JSONText.decode(try text(column))
    }

    func optionalJSON<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws(DeskError) -> Value? {
        guard let text = try optionalText(column) else { return nil }
        return try JSONText.decode(text)
    }
}
