import DeskCore
import Hummingbird

/// What the query of a list call says; what it can't mean is refused in words.
struct ListQuery {
    private static let usualLimit = 50
    private static let maximumLimit = 200
    private static let longestCursor = 1_000

    let limit: Int
    let cursor: String?
    private let values: [String: String]

    /// - Throws: `invalid_request` for a limit that isn't 1 to 200, or a cursor that can't be ours.
    init(_ request: Request) throws(DeskError) {
        values = URLEncoded.parse(request.uri.query ?? "")
        cursor = values["cursor"].flatMap { $0.isEmpty ? nil : $0 }
        let text = values["limit"] ?? ""
        guard let limit = text.isEmpty ? Self.usualLimit : Int(text), (1...Self.maximumLimit).contains(limit) else {
            throw DeskError(.invalidRequest, message: "“limit” is a number from 1 to \(Self.maximumLimit).")
        }
        guard (cursor ?? "").utf8.count <= Self.longestCursor else { throw Self.badCursor }
        self.limit = limit
    }

    /// A value that isn't empty.
    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A cursor that is a number.
    /// - Throws: `invalid_request`.
    func numericCursor() throws(DeskError) -> Int64? {
        guard let cursor else { return nil }
        guard let number = Int64(cursor), number >= 0 else { throw Self.badCursor }
        return number
    }

    static let badCursor = DeskError(
        .invalidRequest, message: "“cursor” is not one that an earlier answer gave. Leave it out to begin anew.")
}
