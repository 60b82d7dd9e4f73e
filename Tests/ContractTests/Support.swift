import DeskCore
import DeskServices
import DeskTesting

extension Storage {
    /// Reads one thing; keeps tests short.
    func value<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await read(body)
    }

    /// Runs a body many times at once, and gives what each gave, in no particular order.
    func atOnce<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int, any StorageSession) throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for number in 0..<count {
                group.addTask { try await write { try body(number, $0) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Every page of a list, from the first to the last.
    func pages<Item: Sendable>(
        _ page: @escaping @Sendable (any StorageSession, String?) throws -> Page<Item>
    ) async throws -> [[Item]] {
        var pages: [[Item]] = []
        var cursor: String?
        repeat {
            let place = cursor
            let next = try await read { try page($0, place) }
            pages.append(next.items)
            cursor = next.nextCursor
        } while cursor != nil
        return pages
    }
}
