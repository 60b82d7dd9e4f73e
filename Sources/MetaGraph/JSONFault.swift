/// Why bytes are no JSON that we read.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Hashable, Sendable {
        case tooLarge = "longer than allowed"
        case invalidUTF8 = "not UTF-8"
        case truncated = "ends too early"
        case tooDeep = "nested too deeply"
        case unexpectedByte = "a character that can't stand here"
        case trailingBytes = "something after the end"
    }

    package let reason: Reason
    /// Counted in bytes from the start.
    package let offset: Int

    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    package var description: String { "JSON at byte \(offset): \(reason.rawValue)" }
}
