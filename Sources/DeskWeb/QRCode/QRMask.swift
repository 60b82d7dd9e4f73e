/// Patterns that invert modules, so that no large plain areas and nothing like a finder pattern is left (ISO/IEC 18004:2015, section 7.8).
enum QRMask {
    static let count = 8
    private static let finderLike: [[Bool]] = [[1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1]].map {
        $0.map { $0 == 1 }
    }

    /// By row and column (table 10).
    static func isInverted(by mask: Int) -> (Int, Int) -> Bool {
        switch mask {
        case 0: { ($0 + $1) % 2 == 0 }
        case 1: { row, _ in row % 2 == 0 }
        case 2: { $1 % 3 == 0 }
        case 3: { ($0 + $1) % 3 == 0 }
        case 4: { ($0 / 2 + $1 / 3) % 2 == 0 }
        case 5: { $0 * $1 % 2 + $0 * $1 % 3 == 0 }
        case 6: { ($0 * $1 % 2 + $0 * $1 % 3) % 2 == 0 }
        default: { (($0 + $1) % 2 + $0 * $1 % 3) % 2 == 0 }
        }
    }

    /// The sum of what is wrong with it (table 11).
    static func penalty(of dark: [Bool], size: Int) -> Int {
        let rows = (0..<size).map { Array(dark[($0 * size)..<(($0 + 1) * size)]) }
        let columns = (0..<size).map { column in rows.map { $0[column] } }
        return (rows + columns).reduce(0) { $0 + runs($1) + finders($1) } + squares(rows) + imbalance(dark)
    }

    /// Five or more alike in a line.
    private static func runs(_ line: [Bool]) -> Int {
        var (penalty, length) = (0, 0)
        for index in line.indices {
            length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
            if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
        }
        return penalty
    }

    /// What a reader could take for a finder pattern; the quiet zone counts as light.
    private static func finders(_ line: [Bool]) -> Int {
        let edge = Array(repeating: false, count: QRCode.quietZone)
        let padded = edge + line + edge
        return (0...(padded.count - 11)).reduce(0) { $0 + (finderLike.contains(Array(padded[$1..<($1 + 11)])) ? 40 : 0) }
    }

    private static func squares(_ rows: [[Bool]]) -> Int {
        zip(rows, rows.dropFirst()).reduce(0) { sum, pair in
            sum + pair.0.indices.dropFirst().reduce(0) { $0 + (isPlain(pair.0, pair.1, endingAt: $1) ? 3 : 0) }
        }
    }

    private static func isPlain(_ upper: [Bool], _ lower: [Bool], endingAt column: Int) -> Bool {
        upper[column] == upper[column - 1] && upper[column] == lower[column] && upper[column] == lower[column - 1]
    }

    /// Ten for each five hundredths away from as many dark as light ones.
    private static func imbalance(_ dark: [Bool]) -> Int {
        abs(dark.count { $0 } * 20 - dark.count * 10) / dark.count * 10
    }
}
