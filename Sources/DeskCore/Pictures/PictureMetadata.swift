/// What a camera or a program writes into a picture beside what is seen: where and when it was taken, with which device, by whom.
///
/// Whoever sends a photograph in somebody else's name should not send the address of their home with it (ASVS 5.0, 14.2.8).
package enum PictureMetadata {
    /// A JPEG, PNG or WebP file without it. What decides how the picture looks stays: orientation, colour profile, pixels. Nothing is
    /// decoded, so that the picture is the same.
    /// - Returns: the bytes as they are when they are another kind of file, or broken.
    package static func removed(from bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: JPEGFile.signature) { return JPEGFile.withoutMetadata(bytes) ?? bytes }
        if bytes.starts(with: PNGFile.signature) { return PNGFile.withoutMetadata(bytes) ?? bytes }
        if bytes.starts(with: WebPFile.signature) { return WebPFile.withoutMetadata(bytes) ?? bytes }
        return bytes
    }
}

/// Reads numbers out of a file from front to back, and never beyond its end.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var place: Int
    private let end: Int

    init(_ bytes: [UInt8], from place: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.place = place
        self.end = min(end ?? bytes.count, bytes.count)
    }

    var isAtEnd: Bool { place >= end }

    mutating func byte() -> UInt8? {
        guard place < end else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    /// - Returns: nil when there are not that many.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= end - place else { return nil }
        defer { place += count }
        return bytes[place..<place + count]
    }

    /// What stands before the next two bytes that end it; everything when there are none.
    mutating func take(until isEnd: (UInt8, UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = place
        while place + 1 < end, !isEnd(bytes[place], bytes[place + 1]) { place += 1 }
        if place + 1 >= end { place = max(place, end) }
        return bytes[start..<place]
    }

    /// - Parameter isLittle: whether the least significant byte comes first.
    mutating func number(_ count: Int, isLittle: Bool = false) -> Int? {
        guard let digits = take(count) else { return nil }
        return isLittle ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
}
