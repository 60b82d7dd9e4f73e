import DeskCore
import Foundation

/// The place in a list where the next page begins: the sort key of the last row that was given. Opaque to callers.
struct Cursor: Equatable {
    /// Which list it belongs to, so that it can't be used on another.
    enum List: String { case owed, promised, active, search, readings }

    let list: List
    let number: Int64
    /// Sets rows with the same number apart.
    let id: String

    var text: String {
        Data("\(list.rawValue) \(number) \(id)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    init(list: List, number: Int64, id: String) {
        self.list = list
        self.number = number
        self.id = id
    }

    /// - Throws: `invalid_request` for anything but a cursor of this list.
    init(_ text: String, of list: List) throws(DeskError) {
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64 + padding), let plain = String(bytes: data, encoding: .utf8) else {
            throw .invalidCursor
        }
        let parts = plain.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == list.rawValue, let number = Int64(parts[1]) else { throw .invalidCursor }
        self.init(list: list, number: number, id: String(parts[2]))
    }
}
