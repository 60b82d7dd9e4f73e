/// A square of dark and light modules that a camera reads (ISO/IEC 18004:2015): bytes, error correction level M, versions 1 to 10. That
/// is enough for 213 bytes, and made here because none of the libraries that this project builds with draws one.
package struct QRCode: Hashable, Sendable {
    /// Light modules that belong around it.
    package static let quietZone = 4

    /// Modules along a side.
    package let size: Int
    private let dark: [Bool]

    /// Nil for a text of more than 213 bytes in UTF-8.
    package init?(_ text: String) { self.init(Array(text.utf8)) }

    /// - Parameter mask: the pattern of a certain number, 0 to 7, in place of the one that reads best.
    init?(_ bytes: [UInt8], mask: Int? = nil) {
        guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
        let codewords = QRCodewords.all(of: bytes, version)
        let drawings = (mask.map { [$0] } ?? Array(0..<QRMask.count)).map { QRDrawing(codewords, version, mask: $0) }
        guard let best = drawings.min(by: { $0.penalty < $1.penalty }) else { return nil }
        (size, dark) = (version.size, best.dark)
    }

    /// Whether a module is dark.
    package func isDark(row: Int, column: Int) -> Bool { dark[row * size + column] }

    /// The dark modules as an SVG path in units of a module, with the quiet zone at the left and top.
    package var path: String {
        (0..<size).flatMap { row in
            runs(in: row).map { "M\($0.lowerBound + Self.quietZone) \(row + Self.quietZone)h\($0.count)v1h-\($0.count)z" }
        }.joined()
    }

    private func runs(in row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for column in 0..<size where isDark(row: row, column: column) {
            if let last = runs.last, last.upperBound == column {
                runs[runs.count - 1] = last.lowerBound..<(column + 1)
            } else {
                runs.append(column..<(column + 1))
            }
        }
        return runs
    }
}

/// A size of the square, and how its codewords are divided at level M (ISO/IEC 18004:2015, tables 1, 7, 9 and E.1).
struct QRVersion: Hashable, Sendable {
    let number: Int
    let codewordCount: Int
    let blockCount: Int
    /// Codewords of error correction in each block.
    let correctionCount: Int
    /// Rows and columns on whose crossings alignment patterns lie.
    let alignments: [Int]

    var size: Int { 17 + 4 * number }
    var dataCount: Int { codewordCount - blockCount * correctionCount }
    /// In bits.
    var lengthOfCount: Int { number < 10 ? 8 : 16 }
    /// In bytes: the mode takes four bits.
    private var capacity: Int { (dataCount * 8 - 4 - lengthOfCount) / 8 }

    static func smallest(for byteCount: Int) -> QRVersion? { all.first { $0.capacity >= byteCount } }

    private static let all = [
        QRVersion(number: 1, codewordCount: 26, blockCount: 1, correctionCount: 10, alignments: []),
        QRVersion(number: 2, codewordCount: 44, blockCount: 1, correctionCount: 16, alignments: [6, 18]),
        QRVersion(number: 3, codewordCount: 70, blockCount: 1, correctionCount: 26, alignments: [6, 22]),
        QRVersion(number: 4, codewordCount: 100, blockCount: 2, correctionCount: 18, alignments: [6, 26]),
        QRVersion(number: 5, codewordCount: 134, blockCount: 2, correctionCount: 24, alignments: [6, 30]),
        QRVersion(number: 6, codewordCount: 172, blockCount: 4, correctionCount: 16, alignments: [6, 34]),
        QRVersion(number: 7, codewordCount: 196, blockCount: 4, correctionCount: 18, alignments: [6, 22, 38]),
        QRVersion(number: 8, codewordCount: 242, blockCount: 4, correctionCount: 22, alignments: [6, 24, 42]),
        QRVersion(number: 9, codewordCount: 292, blockCount: 5, correctionCount: 22, alignments: [6, 26, 46]),
        QRVersion(number: 10, codewordCount: 346, blockCount: 5, correctionCount: 26, alignments: [6, 28, 50]),
    ]
}
