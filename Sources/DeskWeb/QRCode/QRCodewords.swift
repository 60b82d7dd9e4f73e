/// What a QR code says, with what repairs it (ISO/IEC 18004:2015, sections 7.4 to 7.6).
enum QRCodewords {
    private static let byteMode = 0b0100
    private static let padding: [UInt8] = [0xEC, 0x11]

    /// In the order in which they are drawn: the first of each block, the second of each block, and so on.
    static func all(of bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        let blocks = blocks(of: data(of: bytes, version), version)
        return interleaved(blocks) + interleaved(blocks.map { ReedSolomon.correction(of: $0, count: version.correctionCount) })
    }

    /// Mode, count and bytes, filled up to the version's length.
    private static func data(of bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        var bits = bits(of: byteMode, 4) + bits(of: bytes.count, version.lengthOfCount)
        for byte in bytes { bits += Self.bits(of: Int(byte), 8) }
        let room = version.dataCount * 8 - bits.count
        bits += Array(repeating: false, count: min(4, room))
        bits += Array(repeating: false, count: (8 - bits.count % 8) % 8)
        let words = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<(start + 8)].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        return words + (0..<(version.dataCount - words.count)).map { padding[$0 % 2] }
    }

    private static func bits(of value: Int, _ count: Int) -> [Bool] {
        (0..<count).map { value >> (count - 1 - $0) & 1 == 1 }
    }

    /// The last blocks are one longer when it does not come out even.
    private static func blocks(of data: [UInt8], _ version: QRVersion) -> [[UInt8]] {
        let (length, longer) = (data.count / version.blockCount, data.count % version.blockCount)
        var rest = data[...]
        return (0..<version.blockCount).map { number in
            let count = length + (number < version.blockCount - longer ? 0 : 1)
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }

    private static func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
        let longest = blocks.map(\.count).max() ?? 0
        return (0..<longest).flatMap { index in blocks.compactMap { index < $0.count ? $0[index] : nil } }
    }
}

/// Error correction over the field of 256 elements with the polynomial x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004:2015, section 7.5).
enum ReedSolomon {
    private static let polynomial = 0x11D

    /// What remains of the data, as a polynomial, after division by the generator of that degree.
    static func correction(of data: [UInt8], count: Int) -> [UInt8] {
        let generator = generator(count)
        var remainder = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for index in 0..<count { remainder[index] ^= product(generator[index], factor) }
        }
        return remainder
    }

    /// The product of (x − 2ⁱ) for i from 0, without its leading 1, the highest power first.
    private static func generator(_ degree: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: degree - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                result[index] = product(result[index], root) ^ (index + 1 < degree ? result[index + 1] : 0)
            }
            root = product(root, 2)
        }
        return result
    }

    static func product(_ first: UInt8, _ second: UInt8) -> UInt8 {
        var result = 0
        for bit in (0..<8).reversed() {
            result = result << 1 ^ (result >> 7) * polynomial
            if second >> UInt8(bit) & 1 == 1 { result ^= Int(first) }
        }
        return UInt8(result)
    }
}
