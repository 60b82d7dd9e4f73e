/// A PNG file as its chunks (PNG, third edition, section 5).
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let dropped = ["eXIf", "tEXt", "iTXt", "zTXt", "tIME"].map { Array($0.utf8) }
    private static let end = Array("IEND".utf8)

    /// - Returns: nil when the file is broken.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ByteReader(bytes, from: signature.count)
        var output = signature
        while true {
            let start = reader.place
            guard let length = reader.number(4), let name = reader.take(4).map(Array.init), reader.take(length) != nil,
                reader.take(4) != nil
            else { return nil }
            if !dropped.contains(name) { output += bytes[start..<reader.place] }
            if name == end { return output }
        }
    }
}

/// A WebP file as its chunks (RFC 9649, section 2).
enum WebPFile {
    static let signature = Array("RIFF".utf8)
    private static let kind = Array("WEBP".utf8)
    private static let header = Array("VP8X".utf8)
    private static let dropped = ["EXIF", "XMP "].map { Array($0.utf8) }
    /// Where the header says that there are Exif and XMP chunks.
    private static let flags: UInt8 = 0x08 | 0x04

    /// - Returns: nil when the file is broken, or another kind of RIFF file.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ByteReader(bytes, from: signature.count)
        guard let size = reader.number(4, isLittle: true), reader.take(4).map(Array.init) == kind, size <= bytes.count - 8 else {
            return nil
        }
        reader = ByteReader(bytes, from: reader.place, to: size + 8)
        var output: [UInt8] = []
        while !reader.isAtEnd {
            let start = reader.place
            guard let name = reader.take(4).map(Array.init), let length = reader.number(4, isLittle: true),
                reader.take(length + length % 2) != nil
            else { return nil }
            guard !dropped.contains(name) else { continue }
            output += bytes[start..<reader.place]
            if name == header, length > 0 { output[output.count - (reader.place - start) + 8] &= ~flags }
        }
        let total = UInt32(output.count + kind.count).littleEndian
        return signature + withUnsafeBytes(of: total, Array.init) + kind + output
    }
}
