/// A Swift file seen three ways: only its code, only its comments, only the words of its string literals.
///
/// Each view has a line for every line of the file, so that a finding in any of them has its line number. What stands inside `\(…)` of a
/// string is code. A regular expression literal counts as a string.
struct MaskedSource: Sendable {
    let code: [String]
    let comments: [String]
    let strings: [String]

    init(_ text: String) {
        var scanner = SourceScanner(Array(text.utf8))
        let kinds = scanner.classify()
        code = Self.view(of: scanner.bytes, kinds, keeping: .code)
        comments = Self.view(of: scanner.bytes, kinds, keeping: .comment)
        strings = Self.view(of: scanner.bytes, kinds, keeping: .string)
    }

    private static func view(of bytes: [UInt8], _ kinds: [SourceScanner.Kind], keeping kept: SourceScanner.Kind) -> [String] {
        var masked = bytes
        for index in masked.indices where kinds[index] != kept && masked[index] != .newline {
            masked[index] = .space
        }
        return masked.split(separator: .newline, omittingEmptySubsequences: false).map { line in
            guard let last = line.lastIndex(where: { $0 != .space }) else { return "" }
            return String(decoding: line[...last], as: UTF8.self)
        }
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let slash = UInt8(ascii: "/")
    static let star = UInt8(ascii: "*")
    static let hash = UInt8(ascii: "#")
    static let opening = UInt8(ascii: "(")
    static let closing = UInt8(ascii: ")")

    var isWordPart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}
