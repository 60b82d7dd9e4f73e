import CGMime

/// Bytes as text: in the charset that they declare, else as strict UTF-8, else as windows-1252. What can't be read becomes U+FFFD,
/// and everything around it stays.
enum Charset {
    static func text(_ bytes: [UInt8], declared: String?) -> String {
        let name = declared.map(known)
        if name == nil || name == "us-ascii" || name == "utf-8" {
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            return name == "utf-8" ? String(decoding: bytes, as: UTF8.self) : windows(bytes)
        }
        guard let name, let converter = CharsetConverter(charset: name) else { return undeclared(bytes) }
        let (text, isWhole) = converter.text(bytes)
        if isWhole { return text }
        return String(validating: bytes, as: UTF8.self) ?? text
    }

    private static func undeclared(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? windows(bytes)
    }

    private static func windows(_ bytes: [UInt8]) -> String {
        CharsetConverter(charset: "windows-1252")?.text(bytes).text ?? String(decoding: bytes, as: UTF8.self)
    }

    /// The charset that is really meant: programs name the older and narrower one of a family and use the newer and wider one.
    private static func known(_ name: String) -> String {
        let name = name.trimmed.lowercased().filter { $0 != "\"" && $0 != "'" }
        return families[name] ?? name
    }

    private static let families: [String: String] = [
        "": "us-ascii", "ascii": "us-ascii", "ansi_x3.4-1968": "us-ascii", "utf8": "utf-8", "utf-8mb4": "utf-8",
        "unicode-1-1-utf-8": "utf-8",
        "iso-8859-1": "windows-1252", "latin1": "windows-1252", "iso8859-1": "windows-1252", "iso_8859-1": "windows-1252",
        "iso-8859-9": "windows-1254", "iso-8859-11": "windows-874", "tis-620": "windows-874",
        "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "euc-kr": "cp949", "x-windows-949": "cp949",
        "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "euc-cn": "gb18030", "cp936": "gb18030", "hz-gb-2312": "gb18030",
        "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
        "big5": "big5-hkscs", "cp-850": "cp850", "x-mac-roman": "macintosh", "x-unknown": "us-ascii", "unknown-8bit": "us-ascii",
        "iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "8bit": "us-ascii", "binary": "us-ascii", "default": "us-ascii",
    ]
}

/// One of the system's converters (iconv) to UTF-8.
private final class CharsetConverter {
    private let pointer: UnsafeMutableRawPointer

    /// Nil for what is unknown, or no name of a charset at all.
    init?(charset: String) {
        let isName =
            (1...40).contains(charset.utf8.count) && charset.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.:+()".utf8.contains($0) }
        guard isName else { return nil }
        GMimeLibrary.start
        guard let pointer = cgmime_converter_open(charset) else { return nil }
        self.pointer = pointer
    }

    deinit { cgmime_converter_close(pointer) }

    /// The text, and whether all of it could be read.
    func text(_ bytes: [UInt8]) -> (text: String, isWhole: Bool) {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var isWhole = true
        bytes.withUnsafeBytes { input in
            var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = input.count
            while left > 0 {
                let before = left
                let outcome = step(&next, &left, &output)
                if outcome == Int32(CGMIME_BROKEN.rawValue) {
                    isWhole = false
                    output += [0xEF, 0xBF, 0xBD]
                    next = next?.advanced(by: 1)
                    left -= 1
                } else if left == before && outcome != Int32(CGMIME_FULL.rawValue) {
                    break
                }
            }
            _ = step(nil, &left, &output)
        }
        return (String(decoding: output, as: UTF8.self), isWhole)
    }

    /// Converts into a buffer of its own; a nil input makes the converter write what it has kept back.
    private func step(_ next: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ left: inout Int, _ output: inout [UInt8]) -> Int32 {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4_096) { buffer in
            var target = buffer.baseAddress
            var room = buffer.count
            let outcome = cgmime_convert(pointer, next, &left, &target, &room)
            output.append(contentsOf: UnsafeRawBufferPointer(buffer.prefix(buffer.count - room).asRebased))
            return outcome
        }
    }
}

extension Slice<UnsafeMutableBufferPointer<CChar>> {
    fileprivate var asRebased: UnsafeMutableBufferPointer<CChar> { UnsafeMutableBufferPointer(rebasing: self) }
}
