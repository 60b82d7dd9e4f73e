package import DeskCore

/// The date of a header (RFC 5322 3.3 and 4.3, and the older RFC 850 and `asctime`). What says no valid time is nothing.
package enum MailDate {
    package static func instant(in bytes: [UInt8]) -> Instant? {
        var words = words(of: bytes)
        if let first = words.first, isDayName(first) { words.removeFirst() }
        if words.count >= 3, month(words[0]) != nil, words[1].first?.isNumber == true { words.swapAt(0, 1) }
        if words.count >= 4, words[2].contains(":"), let year = words.lastIndex(where: { $0.count == 4 && $0.allSatisfy(\.isNumber) }) {
            words.insert(words.remove(at: year), at: 2)
        }
        guard words.count >= 4, let date = date(words[0], words[1], words[2]), let time = time(words[3]) else { return nil }
        return Instant(unixSeconds: date * 86_400 + time - offset(words.count > 4 ? words[4] : ""))
    }

    /// Without comments; a comma parts like a space, `13-Feb-1969` like three words, and a zone may touch the time.
    private static func words(of bytes: [UInt8]) -> [Substring] {
        var plain: [UInt8] = []
        var depth = 0
        for byte in bytes.prefix(200) {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if depth == 0 { plain.append(byte == UInt8(ascii: ",") ? 0x20 : byte) }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
        }
        let words = Charset.text(plain, declared: nil).split(whereSeparator: \.isWhitespace)
        return words.flatMap { word in
            let parts = word.split(separator: "-")
            if parts.count == 3, month(parts[1]) != nil { return parts }
            guard word.contains(":"), let sign = word.firstIndex(where: { $0 == "+" || $0 == "-" }) else { return [word] }
            return [word[..<sign], word[sign...]]
        }
    }

    private static let monthNames = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    private static func month(_ word: Substring) -> Int? {
        let name = word.lowercased().prefix { $0 != "." }
        return monthNames.firstIndex { $0 == name || $0.prefix(3) == name }.map { $0 + 1 }
    }

    private static func isDayName(_ word: Substring) -> Bool { word.first?.isNumber == false && month(word) == nil }

    /// Days since 1970-01-01 of a valid date of the Gregorian calendar.
    private static func date(_ day: Substring, _ month: Substring, _ year: Substring) -> Int64? {
        guard let day = Int64(day), let month = self.month(month), var year = Int64(year), (0...9_999).contains(year) else { return nil }
        if year < 69 { year += 2_000 } else if year < 1_000 { year += 1_900 }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...Int64(lengths[month - 1])).contains(day) else { return nil }
        let shifted = year - (month <= 2 ? 1 : 0)
        let dayOfYear = (153 * Int64((month + 9) % 12) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    /// Seconds of the day.
    private static func time(_ word: Substring) -> Int64? {
        let parts = word.split(separator: word.contains(":") ? ":" : ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = Int64(parts[0]), let minute = Int64(parts[1]) else { return nil }
        let seconds = parts.count == 3 ? parts[2].prefix { $0 != "." } : "0"
        guard let second = Int64(seconds), (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    private static let zones: [String: Int64] = [
        "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    ]

    /// Seconds east of Greenwich; none for what is unknown (RFC 5322 4.3).
    private static func offset(_ word: Substring) -> Int64 {
        let digits = word.drop { $0 == "+" || $0 == "-" }.filter { $0 != ":" }.prefix { $0.isNumber }
        guard let sign = word.first, sign == "+" || sign == "-" || sign.isNumber, digits.count == 4, let value = Int64(digits) else {
            return (zones[word.lowercased()] ?? 0) * 3_600
        }
        let seconds = (value / 100 * 60 + value % 100) * 60
        return sign == "-" ? -seconds : seconds
    }
}
