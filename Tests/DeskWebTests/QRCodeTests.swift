import DeskCore
import Testing

@testable import DeskWeb

@Suite struct QRCodeTests {
    /// The first characters of a text in byte mode at level M, under a mask, and the SHA-256 of what another program drew of it: rows of
    /// `#` and `.`, with line breaks between them. Readers of other programs have read each.
    struct Vector: Sendable {
        let length: Int
        let mask: Int
        let size: Int
        let digest: String
    }

    private static let text = String(
        repeating: "otpauth://totp/Contesta:marta%40laespiga.example?secret=FIVCUKRKFIVCUKRKFIVCUKRKFIVCUKRK&issuer=Contesta ", count: 3)

    static let vectors = [
        Vector(length: 14, mask: 0, size: 21, digest: "b4d5eb263de30f0434fd579b5e6db3daa0bb8e4ca728cfe98d4aed6f3d6d0fa7"),
        Vector(length: 26, mask: 1, size: 25, digest: "b593a08c64a4ba345c033a6273f7dd18aae8419e989a09b8941e99a22fb6903a"),
        Vector(length: 42, mask: 2, size: 29, digest: "32d9967c2292c8b10049286e767b0e85d4f31466bdeb25a940c37f8b69cb10b6"),
        Vector(length: 62, mask: 3, size: 33, digest: "f63d7c724c9074693e7d8315070cf6048dca8fc9f307a5af614ca01fcb64c070"),
        Vector(length: 84, mask: 4, size: 37, digest: "819ad2b8b51b9441141e3615651a97a18f86b3739ef0ac31cac46fbf1c444a3d"),
        Vector(length: 106, mask: 5, size: 41, digest: "b7d052cd0ff9456d63a3c30c1008fa72438cebdc640f67bc5518cceb48dc2bb1"),
        Vector(length: 122, mask: 6, size: 45, digest: "b8cce58060917a5e6621fc56ea73ad56c62a4d630599fb5250161d7c64defcde"),
        Vector(length: 152, mask: 7, size: 49, digest: "691fd95e1c93b8f8c4b31106806f552029b96254e78c88e5ad45437ea36b3c98"),
        Vector(length: 180, mask: 0, size: 53, digest: "93ec506ed3efbd6ecc71c84993613d5e3bb8b4fabe2cdab8b68fe04127704fd8"),
        Vector(length: 213, mask: 5, size: 57, digest: "9ad5f455d151a2cb1d89a09dfec5e945bd7a8865e391bb57fb8bec3227e43745"),
        Vector(length: 70, mask: 2, size: 37, digest: "e744030a34522bba0c80601d86b37d30159d517d6995c55006a6d6d5f833cc4b"),
        Vector(length: 110, mask: 1, size: 45, digest: "9724b5b3e8c0f12741de9b72a0027b6da4b3588ae5e1ecec65e6ca58ce968f0c"),
    ]

    @Test(arguments: vectors) func itIsDrawnAsOthersDrawIt(vector: Vector) throws {
        let code = try #require(QRCode(Self.bytes(vector.length), mask: vector.mask))
        #expect(code.size == vector.size)
        #expect(Digest.of(Self.rows(of: code).joined(separator: "\n")) == vector.digest)
    }

    @Test func theSmallestOneIsAsDrawnByOthers() throws {
        let code = try #require(QRCode(Self.bytes(14), mask: 0))
        #expect(
            Self.rows(of: code) == [
                "#######...###.#######",
                "#.....#.####..#.....#",
                "#.###.#..#....#.###.#",
                "#.###.#..##...#.###.#",
                "#.###.#.#.#.#.#.###.#",
                "#.....#...##..#.....#",
                "#######.#.#.#.#######",
                ".........#.#.........",
                "#.#.#.#..##.#...#..#.",
                ".#####.#.#..###.#...#",
                "...#.########...#.###",
                "#.####.##..#.#.#....#",
                "##.######..##....#.#.",
                "........##..#.####.##",
                "#######....###.##.###",
                "#.....#.....##.#...##",
                "#.###.#.#.##...##..#.",
                "#.###.#....##.#.##.#.",
                "#.###.#.######.####.#",
                "#.....#..###.......#.",
                "#######.######.###.##",
            ])
    }

    @Test(arguments: [0, 1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213])
    func whatIsWrittenCanBeRead(length: Int) throws {
        let code = try #require(QRCode(Self.bytes(length)))
        let reader = try #require(QRReader(code))
        #expect(reader.bytes == Self.bytes(length))
        #expect(reader.isWithoutErrors)
    }

    @Test func aReaderNoticesAChangedModule() throws {
        let code = try #require(QRCode(Self.bytes(60)))
        let reader = try #require(QRReader(code, flipping: (20, 20)))
        #expect(!reader.isWithoutErrors)
    }

    @Test func whatIsTooLongIsNotDrawn() {
        #expect(QRCode(Self.bytes(214)) == nil)
    }

    /// The sequences of ISO/IEC 18004:2015, tables C.1 and D.1.
    @Test(arguments: [(0, "101010000010010"), (1, "101000100100101"), (5, "100000011001110"), (7, "100101010100000")])
    func theFormatIsThatOfTheStandard(mask: Int, bits: String) throws {
        let code = try #require(QRCode(Self.bytes(10), mask: mask))
        let last = code.size - 1
        let beside = (0...6).map { (last - $0, 8) } + (0...7).map { (8, last - 7 + $0) }
        #expect(beside.map { code.isDark(row: $0.0, column: $0.1) ? "1" : "0" }.joined() == bits)
        #expect(code.isDark(row: last - 7, column: 8))
    }

    @Test func thePathDrawsTheDarkModulesAndNothingElse() throws {
        let code = try #require(QRCode(Self.bytes(30)))
        var drawn = Set<[Int]>()
        for run in code.path.split(separator: "M") {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            for step in 0..<numbers[2] { drawn.insert([numbers[1] - QRCode.quietZone, numbers[0] - QRCode.quietZone + step]) }
        }
        let places = (0..<code.size).flatMap { row in (0..<code.size).map { [row, $0] } }
        #expect(drawn == Set(places.filter { code.isDark(row: $0[0], column: $0[1]) }))
    }

    @Test func theLongestAddressStillHasACodeOrNone() {
        let code = TimedCode(secret: Array(repeating: 1, count: TimedCode.secretLength))
        #expect(AccountPage.Setup(code, account: "a@b.example").image != nil)
        #expect(AccountPage.Setup(code, account: String(repeating: "ñ", count: 100)).image == nil)
    }

    private static func bytes(_ length: Int) -> [UInt8] { Array(text.utf8.prefix(length)) }

    private static func rows(of code: QRCode) -> [String] {
        (0..<code.size).map { row in (0..<code.size).map { code.isDark(row: row, column: $0) ? "#" : "." }.joined() }
    }
}

/// Reads a code as a camera's program does, from the modules alone. How codewords are divided it knows from the encoder.
private struct QRReader {
    let bytes: [UInt8]
    let isWithoutErrors: Bool

    init?(_ code: QRCode, flipping flipped: (row: Int, column: Int)? = nil) {
        let number = (code.size - 17) / 4
        guard let version = (0...213).lazy.compactMap(QRVersion.smallest).first(where: { $0.number == number }) else { return nil }
        let format = [1, 2, 3].map { code.isDark(row: code.size - 1 - $0 - 1, column: 8) }
        let mask = format.reduce(0) { $0 * 2 + ($1 ? 1 : 0) } ^ 0b101
        let isInverted = QRMask.isInverted(by: mask)
        var bits: [Bool] = []
        for (index, right) in (Array(stride(from: code.size - 1, to: 6, by: -2)) + [5, 3, 1]).enumerated() {
            for step in 0..<code.size {
                let row = index % 2 == 0 ? code.size - 1 - step : step
                for column in [right, right - 1] where !Self.isPattern(row, column, version) {
                    let isFlipped = flipped.map { $0.row == row && $0.column == column } ?? false
                    bits.append((code.isDark(row: row, column: column) != isInverted(row, column)) != isFlipped)
                }
            }
        }
        let blocks = Self.blocks(of: Self.words(bits[...]), version)
        isWithoutErrors = blocks.allSatisfy { Self.isWithoutErrors($0, count: version.correctionCount) }
        let data = Self.bits(of: blocks.flatMap { $0.dropLast(version.correctionCount) })
        let start = 4 + version.lengthOfCount
        let length: Int = data[4..<start].reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
        bytes = Self.words(data[start...].prefix(length * 8))
    }

    private static func isPattern(_ row: Int, _ column: Int, _ version: QRVersion) -> Bool {
        let last = version.size - 1
        if row == 6 || column == 6 { return true }
        if row <= 8 && (column <= 8 || column >= last - 7) || column <= 8 && row >= last - 7 { return true }
        if version.number >= 7, row <= 5 && column >= last - 10 || column <= 5 && row >= last - 10 { return true }
        let near = (version.alignments.first { abs($0 - row) <= 2 }, version.alignments.first { abs($0 - column) <= 2 })
        guard let down = near.0, let across = near.1 else { return false }
        return ![[6, 6], [6, last - 6], [last - 6, 6]].contains([down, across])
    }

    private static func bits(of words: [UInt8]) -> [Bool] {
        words.flatMap { word -> [Bool] in (0..<8).map { place in word >> UInt8(7 - place) & 1 == 1 } }
    }

    private static func words(_ bits: ArraySlice<Bool>) -> [UInt8] {
        stride(from: bits.startIndex, through: bits.endIndex - 8, by: 8).map { start -> UInt8 in
            bits[start..<(start + 8)].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
    }

    private static func blocks(of words: [UInt8], _ version: QRVersion) -> [[UInt8]] {
        let (short, longer) = (version.dataCount / version.blockCount, version.dataCount % version.blockCount)
        var blocks = Array(repeating: [UInt8](), count: version.blockCount)
        var rest = words[...]
        for index in 0...short {
            for block in 0..<version.blockCount where index < short || block >= version.blockCount - longer {
                blocks[block] += [rest.popFirst()].compactMap(\.self)
            }
        }
        for _ in 0..<version.correctionCount {
            for block in 0..<version.blockCount { blocks[block] += [rest.popFirst()].compactMap(\.self) }
        }
        return blocks
    }

    /// Whether the block, as a polynomial, is 0 at every power of 2 that the generator has as a root.
    private static func isWithoutErrors(_ block: [UInt8], count: Int) -> Bool {
        var root: UInt8 = 1
        return (0..<count).allSatisfy { _ in
            defer { root = ReedSolomon.product(root, 2) }
            return block.reduce(UInt8(0)) { ReedSolomon.product($0, root) ^ $1 } == 0
        }
    }
}
