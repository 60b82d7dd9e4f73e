/// The modules of a QR code: patterns that are always there, and the codewords under a mask (ISO/IEC 18004:2015, sections 6.3, 7.7, 7.9
/// and 7.10).
struct QRDrawing {
    private static let finderCentre = 3
    private static let timing = 6
    private static let formatPolynomial = 0x537
    private static let formatMask = 0x5412
    private static let versionPolynomial = 0x1F25

    private let size: Int
    private(set) var dark: [Bool]
    /// Where a pattern lies, and no codeword.
    private var isTaken: [Bool]

    init(_ codewords: [UInt8], _ version: QRVersion, mask: Int) {
        size = version.size
        dark = Array(repeating: false, count: size * size)
        isTaken = dark
        drawPatterns(of: version)
        draw(format: mask)
        draw(codewords, QRMask.isInverted(by: mask))
    }

    /// The lower, the better a camera reads it.
    var penalty: Int { QRMask.penalty(of: dark, size: size) }

    private mutating func set(_ column: Int, _ row: Int, _ isDark: Bool) {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return }
        dark[row * size + column] = isDark
        isTaken[row * size + column] = true
    }

    // MARK: Patterns

    private mutating func drawPatterns(of version: QRVersion) {
        for index in 0..<size {
            set(Self.timing, index, index % 2 == 0)
            set(index, Self.timing, index % 2 == 0)
        }
        let far = size - 1 - Self.finderCentre
        for (column, row) in [(Self.finderCentre, Self.finderCentre), (far, Self.finderCentre), (Self.finderCentre, far)] {
            drawRings(column, row, radius: 4) { $0 != 2 && $0 != 4 }
        }
        drawAlignments(version.alignments)
        if version.number >= 7 { draw(version: version.number) }
    }

    private mutating func drawAlignments(_ places: [Int]) {
        guard let first = places.first, let last = places.last else { return }
        let corners = [[first, first], [first, last], [last, first]]
        for column in places {
            for row in places where !corners.contains([column, row]) { drawRings(column, row, radius: 2) { $0 != 1 } }
        }
    }

    private mutating func drawRings(_ column: Int, _ row: Int, radius: Int, isDark: (Int) -> Bool) {
        for down in -radius...radius {
            for across in -radius...radius { set(column + across, row + down, isDark(max(abs(across), abs(down)))) }
        }
    }

    // MARK: What it says of itself

    /// Level M, whose bits are 00, and the mask; twice.
    private mutating func draw(format mask: Int) {
        let bits = Self.coded(mask, length: 10, Self.formatPolynomial) ^ Self.formatMask
        for index in 0..<15 {
            let isDark = bits >> index & 1 == 1
            switch index {
            case ..<6: set(8, index, isDark)
            case 6, 7: set(8, index + 1, isDark)
            case 8: set(7, 8, isDark)
            default: set(14 - index, 8, isDark)
            }
            if index < 8 { set(size - 1 - index, 8, isDark) } else { set(8, size - 15 + index, isDark) }
        }
        set(8, size - 8, true)
    }

    private mutating func draw(version number: Int) {
        let bits = Self.coded(number, length: 12, Self.versionPolynomial)
        for index in 0..<18 {
            let (near, far) = (index / 3, size - 11 + index % 3)
            set(near, far, bits >> index & 1 == 1)
            set(far, near, bits >> index & 1 == 1)
        }
    }

    /// A value followed by what remains of it after division (BCH code).
    private static func coded(_ value: Int, length: Int, _ polynomial: Int) -> Int {
        var remainder = value
        for _ in 0..<length { remainder = remainder << 1 ^ (remainder >> (length - 1)) * polynomial }
        return value << length | remainder
    }

    // MARK: Codewords

    /// In columns two modules wide, from the right, up and down in turns.
    private mutating func draw(_ codewords: [UInt8], _ isInverted: (Int, Int) -> Bool) {
        let bits: [Bool] = codewords.flatMap { word in (0..<8).map { word >> (7 - $0) & 1 == 1 } }
        var next = bits.makeIterator()
        var isUpward = true
        for right in Self.columns(of: size) {
            for step in 0..<size {
                let row = isUpward ? size - 1 - step : step
                for column in [right, right - 1] where !isTaken[row * size + column] {
                    dark[row * size + column] = (next.next() ?? false) != isInverted(row, column)
                }
            }
            isUpward.toggle()
        }
    }

    /// The right one of each two; the column of the timing pattern is passed over.
    private static func columns(of size: Int) -> [Int] {
        Array(stride(from: size - 1, to: timing, by: -2)) + Array(stride(from: timing - 1, to: 0, by: -2))
    }
}
