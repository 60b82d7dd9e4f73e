/// A JPEG file as its segments (ITU-T T.81, annex B; Exif 2.32, 4.5 to 4.6).
enum JPEGFile {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    private enum Marker {
        static let end: UInt8 = 0xD9
        static let scan: UInt8 = 0xDA
        static let comment: UInt8 = 0xFE
        static let exif: UInt8 = 0xE1
        static let applications: ClosedRange<UInt8> = 0xE0...0xEF
        static let restarts: ClosedRange<UInt8> = 0xD0...0xD7
    }

    /// Applications' segments without which the picture would look different.
    private static let kept: [(marker: UInt8, name: String)] = [(0xE0, "JFIF\0"), (0xE2, "ICC_PROFILE\0"), (0xEE, "Adobe")]
    private static let exifName = Array("Exif\0\0".utf8)

    /// What stands behind the picture's end (previews, moving pictures) goes, too.
    /// - Returns: nil when the file is broken.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ByteReader(bytes, from: 2)
        var output: [UInt8] = [0xFF, 0xD8]
        var orientation: UInt8?
        while let marker = nextMarker(&reader) {
            if marker == Marker.end { return output + [0xFF, marker] }
            guard let length = reader.number(2), let content = reader.take(length - 2) else { return nil }
            if marker == Marker.exif, orientation == nil, content.starts(with: exifName) {
                orientation = self.orientation(in: Array(content.dropFirst(exifName.count)))
                if let orientation { output += segment(turned: orientation) }
            }
            guard isKept(marker, content) else { continue }
            output += [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
            if marker == Marker.scan { output += reader.take { $0 == 0xFF && $1 != 0 && !Marker.restarts.contains($1) } }
        }
        return nil
    }

    private static func nextMarker(_ reader: inout ByteReader) -> UInt8? {
        guard reader.byte() == 0xFF else { return nil }
        while let byte = reader.byte() { if byte != 0xFF { return byte } }
        return nil
    }

    private static func isKept(_ marker: UInt8, _ content: ArraySlice<UInt8>) -> Bool {
        guard Marker.applications.contains(marker) else { return marker != Marker.comment }
        return kept.contains { $0.marker == marker && content.starts(with: Array($0.name.utf8)) }
    }

    /// - Parameter tiff: what follows the segment's name.
    /// - Returns: 2 to 8; nil for a picture that is the right way up, or doesn't say.
    private static func orientation(in tiff: [UInt8]) -> UInt8? {
        let isLittle = tiff.starts(with: Array("II".utf8))
        var header = ByteReader(tiff, from: 4)
        guard let offset = header.number(4, isLittle: isLittle) else { return nil }
        var directory = ByteReader(tiff, from: offset)
        guard let count = directory.number(2, isLittle: isLittle) else { return nil }
        for _ in 0..<count {
            guard let tag = directory.number(2, isLittle: isLittle), directory.take(6) != nil,
                let value = directory.number(2, isLittle: isLittle), directory.take(2) != nil
            else { return nil }
            if tag == 0x0112 { return (2...8).contains(value) ? UInt8(value) : nil }
        }
        return nil
    }

    /// An Exif segment that says how the picture is turned, and nothing else.
    private static func segment(turned orientation: UInt8) -> [UInt8] {
        let directory: [UInt8] = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        let content = exifName + Array("MM".utf8) + [0, 42, 0, 0, 0, 8] + directory
        return [0xFF, Marker.exif, 0, UInt8(content.count + 2)] + content
    }
}
