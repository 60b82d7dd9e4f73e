/// The 512 bytes before each file of a tar archive, as POSIX has them (IEEE Std 1003.1, "pax", ustar interchange format).
struct TarHeader: Equatable {
    static let blockSize = 512
    /// What eleven octal digits can say.
    private static let largestOctal: Int64 = 0o77777777777
    private static let magic = Array("ustar\u{0}00".utf8)
    private static let regularFile = UInt8(ascii: "0")

    /// Up to 100 bytes, relative, with slashes.
    let name: String
    let size: Int64
    /// Seconds since 1970.
    let modifiedAt: Int64

    /// Bytes after the content, so that the next header begins with a block.
    var padding: Int { Int((Int64(Self.blockSize) - size % Int64(Self.blockSize)) % Int64(Self.blockSize)) }

    init(name: String, size: Int64, modifiedAt: Int64) {
        self.name = name
        self.size = size
        self.modifiedAt = modifiedAt
    }

    /// - Returns: nil for anything but the header of a regular file whose checksum is right.
    init?(_ block: [UInt8]) {
        guard block.count == Self.blockSize, block[156] == Self.regularFile || block[156] == 0,
            let stated = Self.number(block[148..<156]), stated == Int64(Self.checksum(of: block)),
            let size = Self.number(block[124..<136]), size >= 0, let time = Self.number(block[136..<148]), block[345] == 0
        else { return nil }
        self.init(name: String(decoding: block[..<100].prefix { $0 != 0 }, as: UTF8.self), size: size, modifiedAt: time)
    }

    /// - Returns: nil when the name is too long.
    var block: [UInt8]? {
        guard name.utf8.count <= 100 else { return nil }
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        block.replaceSubrange(0..<name.utf8.count, with: Array(name.utf8))
        block.replaceSubrange(100..<108, with: Self.octal(0o600, digits: 7))
        block.replaceSubrange(108..<116, with: Self.octal(0, digits: 7))
        block.replaceSubrange(116..<124, with: Self.octal(0, digits: 7))
        block.replaceSubrange(124..<136, with: Self.sizeField(size))
        block.replaceSubrange(136..<148, with: Self.octal(modifiedAt, digits: 11))
        block[156] = Self.regularFile
        block.replaceSubrange(257..<265, with: Self.magic)
        block.replaceSubrange(148..<156, with: Self.octal(Int64(Self.checksum(of: block)), digits: 6) + [UInt8(ascii: " ")])
        return block
    }

    /// Over all bytes, with the checksum's own taken for spaces.
    private static func checksum(of block: [UInt8]) -> Int {
        block.indices.reduce(0) { $0 + Int((148..<156).contains($1) ? UInt8(ascii: " ") : block[$1]) }
    }

    private static func octal(_ number: Int64, digits: Int) -> [UInt8] {
        let text = String(max(0, number), radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8) + [0]
    }

    /// Eight gibibytes and more go as binary behind a set first bit, which GNU tar, bsdtar and others read.
    private static func sizeField(_ size: Int64) -> [UInt8] {
        guard size > largestOctal else { return octal(size, digits: 11) }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: size >> Int64(56 - $0 * 8)) }
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        if field.first == 0x80 { return field.suffix(8).reduce(0) { $0 << 8 | Int64($1) } }
        let text = field.prefix { $0 != 0 }.filter { $0 != UInt8(ascii: " ") }
        return Int64(String(decoding: text, as: UTF8.self), radix: 8)
    }
}
