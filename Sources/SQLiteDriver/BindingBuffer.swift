import SQLStore

/// Holds the texts and bytes that are bound to a statement until it has run. SQLite would otherwise copy each into memory of its own.
///
/// One connection runs one statement at a time, so that one buffer serves them all.
final class BindingBuffer {
    private var start: UnsafeMutableRawPointer
    private var capacity = 4_096
    private var used = 0

    init() { start = .allocate(byteCount: capacity, alignment: 1) }

    deinit { start.deallocate() }

    /// Makes room for all of them at once, because nothing may move once it is bound.
    func prepare(for values: [SQLValue]) {
        used = 0
        let needed = values.reduce(0) { $0 + Self.byteCount($1) }
        guard needed > capacity else { return }
        start.deallocate()
        start = .allocate(byteCount: needed, alignment: 1)
        capacity = needed
    }

    private static func byteCount(_ value: SQLValue) -> Int {
        switch value {
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        case .null, .bool, .integer, .double, .confidential: 0
        }
    }

    /// - Returns: where the bytes stay until the next `prepare`, which must have made room for them.
    func keep(_ bytes: some Collection<UInt8>) -> UnsafeRawPointer {
        let place = start + used
        UnsafeMutableRawBufferPointer(start: place, count: capacity - used).copyBytes(from: bytes)
        used += bytes.count
        return UnsafeRawPointer(place)
    }

    func keep(_ text: String) -> UnsafeRawPointer { keep(text.utf8) }
}
