/// How many points a picture has, as the first bytes of its file say. Nothing is decoded here: whoever shows a picture makes all of its
/// points, and a file of some kilobytes can be one of billions.
package struct PictureSize: Hashable, Sendable {
    package let width: Int
    package let height: Int

    /// Points of a picture that is shown and taken in: what the largest cameras of phones make. Four bytes each when it is decoded.
    package static let mostPoints = 50_000_000
    private static let longestSide = 16_384

    /// Nil for what is no JPEG (ITU T.81), PNG (W3C), GIF (89a) or WebP (RFC 9649), and for one whose head is broken.
    package init?(ofFile bytes: [UInt8]) {
        let head = FileHead(bytes)
        guard let size = head.png ?? head.gif ?? head.webP ?? head.jpeg, size.width > 0, size.height > 0 else { return nil }
        (width, height) = size
    }

    /// Whether a browser that is asked to show it can be expected to.
    package var isBounded: Bool {
        max(width, height) <= Self.longestSide && width * height <= Self.mostPoints
    }
}

/// Reads numbers at places, of which none may be there.
private struct FileHead {
    typealias Size = (width: Int, height: Int)

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var png: Size? {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), has("IHDR", at: 12) else { return nil }
        return size(bigEndian(4, at: 16), bigEndian(4, at: 20))
    }

    /// The screen's size, on which every frame has to fit.
    var gif: Size? {
        guard has("GIF87a", at: 0) || has("GIF89a", at: 0) else { return nil }
        return size(littleEndian(2, at: 6), littleEndian(2, at: 8))
    }

    var webP: Size? {
        guard has("RIFF", at: 0), has("WEBP", at: 8) else { return nil }
        if has("VP8X", at: 12) { return size(littleEndian(3, at: 24).map { $0 + 1 }, littleEndian(3, at: 27).map { $0 + 1 }) }
        if has("VP8L", at: 12) {
            return littleEndian(4, at: 21).map { bits in ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1) }
        }
        guard has("VP8 ", at: 12) else { return nil }
        return size(littleEndian(2, at: 26).map { $0 & 0x3FFF }, littleEndian(2, at: 28).map { $0 & 0x3FFF })
    }

    /// The first frame's head, behind the segments before it.
    var jpeg: Size? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var place = 2
        while let marker = marker(after: &place), let length = bigEndian(2, at: place), length >= 2 {
            if isFrame(marker) { return size(bigEndian(2, at: place + 5), bigEndian(2, at: place + 3)) }
            guard marker != 0xDA else { return nil }
            place += length
        }
        return nil
    }

    /// The next marker; the place is then where its segment's length stands.
    private func marker(after place: inout Int) -> UInt8? {
        guard place < bytes.count, bytes[place] == 0xFF else { return nil }
        while place < bytes.count, bytes[place] == 0xFF { place += 1 }
        guard place < bytes.count else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    /// SOF0 to SOF15; C4, C8 and CC between them are something else.
    private func isFrame(_ marker: UInt8) -> Bool { 0xC0...0xCF ~= marker && ![0xC4, 0xC8, 0xCC].contains(marker) }

    private func has(_ word: StaticString, at place: Int) -> Bool {
        bytes.count >= place + word.utf8CodeUnitCount && bytes[place...].starts(with: String(describing: word).utf8)
    }

    private func size(_ width: Int?, _ height: Int?) -> Size? {
        guard let width, let height else { return nil }
        return (width, height)
    }

    private func bigEndian(_ count: Int, at place: Int) -> Int? {
        guard bytes.count >= place + count else { return nil }
        return bytes[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    private func littleEndian(_ count: Int, at place: Int) -> Int? {
        guard bytes.count >= place + count else { return nil }
        return bytes[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
