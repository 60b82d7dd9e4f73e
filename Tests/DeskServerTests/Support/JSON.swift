import Foundation
import NIOCore

/// Any JSON, to look into answers with.
enum JSON: Decodable, Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(_ buffer: ByteBuffer) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(buffer.readableBytesView))
    }

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
        } else if let value = try? container.decode([JSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    subscript(_ name: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    subscript(_ index: Int) -> JSON { list.indices.contains(index) ? list[index] : .null }

    var list: [JSON] { if case .list(let items) = self { items } else { [] } }
    var text: String { if case .text(let text) = self { text } else { "" } }
    var number: Int { if case .number(let number) = self { Int(number) } else { .min } }
    var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
}
