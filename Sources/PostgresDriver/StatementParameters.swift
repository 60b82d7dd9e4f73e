import DeskCore
import SQLStore

/// A statement's values as libpq takes them: texts that end with a zero byte, and bytes as they are.
struct StatementParameters {
    /// Never empty, so that an empty value has an address too: without one, it would be null.
    private var bytes: [UInt8] = [0]
    /// Where each value begins; nil for null.
    private var places: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    private static let asText: Int32 = 0
    private static let asBytes: Int32 = 1

    /// - Throws: `storage_fault` for a value that should have been sealed.
    init(_ values: [SQLValue]) throws(DeskError) {
        for value in values { try append(value) }
    }

    private mutating func append(_ value: SQLValue) throws(DeskError) {
        switch value {
        case .null: add(nil)
        case .bool(let bool): add(bool ? "t".utf8 : "f".utf8)
        case .integer(let integer): add(String(integer).utf8)
        case .double(let double): add(double.description.utf8)
        case .text(let text): add(text.utf8)
        case .blob(let blob):
            let place = bytes.count
            bytes += blob
            note(place, blob.count, Self.asBytes)
        case .confidential: throw .storageFault("a confidential value came to the driver without a seal")
        }
    }

    private mutating func add(_ text: String.UTF8View?) {
        guard let text else { return note(nil, 0, Self.asText) }
        let place = bytes.count
        PostgresText.encode(text, into: &bytes)
        bytes.append(0)
        note(place, bytes.count - place - 1, Self.asText)
    }

    private mutating func note(_ place: Int?, _ length: Int, _ format: Int32) {
        places.append(place)
        lengths.append(Int32(clamping: length))
        formats.append(format)
    }

    /// Lends the values to a call of libpq, which copies them: how many, where, how long, and in which format.
    func withPointers<Outcome>(_ call: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> Outcome) -> Outcome {
        bytes.withUnsafeBytes { buffer in
            let pointers = places.map { $0.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) } }
            return call(Int32(places.count), pointers, lengths, formats)
        }
    }
}
