extension String {
    /// As a screen and a database take it: lines end with LF, and there is no U+0000.
    var readableLines: String {
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in unicodeScalars {
            if scalar == "\n" && afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = scalar == "\r"
            if scalar != "\0" { scalars.append(afterReturn ? "\n" : scalar) }
        }
        return String(scalars)
    }

    /// Whether there is nothing to read in it.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// Without white space at both ends.
    var trimmed: String { String(Substring(self).trimmed) }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return self[first...last]
    }
}
