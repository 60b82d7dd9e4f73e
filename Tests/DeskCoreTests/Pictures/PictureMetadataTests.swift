import DeskCore
import Testing

/// What is taken out of a picture, and what must stay so that it looks the same. The files are put together by hand here; real encoders'
/// are tried from outside.
struct PictureMetadataTests {
    private static let place = Array("GPS 34.6037S 58.3816W".utf8)

    @Test(arguments: [(nil, nil), (1, nil), (6, 6), (9, nil)] as [(UInt8?, UInt8?)])
    func aPhotographLosesWhereItWasTakenAndStaysTheRightWayUp(orientation: UInt8?, kept: UInt8?) {
        let coded: [UInt8] = [0xFF, 0xDA, 0, 4, 1, 2, 7, 0xFF, 0, 7, 0xFF, 0xD0, 7]
        let visible = JPEG.segment(0xE0, "JFIF\0") + JPEG.segment(0xDB, "tables") + JPEG.segment(0xE2, "ICC_PROFILE\0colours")
        let hidden = JPEG.segment(0xE1, "http://ns.adobe.com/xap/1.0/\0") + JPEG.segment(0xED, "Photoshop") + JPEG.segment(0xFE, "Ana")
        let turned = kept.map { JPEG.plainExif($0) } ?? []
        let original = JPEG.file([JPEG.exif(orientation), visible, hidden, coded]) + Array("preview".utf8)
        #expect(PictureMetadata.removed(from: original) == JPEG.file([turned, visible, coded]))
    }

    @Test func aPhotographInSeveralPassesIsKeptWhole() {
        let pass: [UInt8] = [0xFF, 0xDA, 0, 3, 1, 9, 9]
        let original = JPEG.file([JPEG.segment(0xC2, "frame"), pass, JPEG.segment(0xC4, "tables"), pass])
        #expect(PictureMetadata.removed(from: original) == original)
    }

    @Test func aDrawingLosesItsTextsAndNothingElse() {
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let beginning: [UInt8] = [0, 0, 0, UInt8(content.count)] + Array(name.utf8)
            return beginning + content + [1, 2, 3, 4]
        }
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", [1]) + chunk("iCCP", [2])
        let end = chunk("IDAT", [3, 4]) + chunk("IEND", [])
        let hidden = ["eXIf", "tEXt", "iTXt", "zTXt", "tIME"].flatMap { chunk($0, Self.place) }
        #expect(PictureMetadata.removed(from: start + hidden + end + [9, 9]) == start + end)
    }

    @Test func aWebPictureSaysNoMoreThatThereIsSomethingHidden() {
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let beginning: [UInt8] = Array(name.utf8) + [UInt8(content.count), 0, 0, 0]
            return beginning + content + (content.count.isMultiple(of: 2) ? [] : [0])
        }
        func file(_ chunks: [UInt8]) -> [UInt8] {
            let beginning: [UInt8] = Array("RIFF".utf8) + [UInt8(chunks.count + 4), 0, 0, 0]
            return beginning + Array("WEBP".utf8) + chunks
        }
        let picture = chunk("VP8 ", [1, 2, 3])
        let original = file(chunk("VP8X", [0x1C, 0, 0, 0]) + picture + chunk("EXIF", Self.place) + chunk("XMP ", [5]))
        #expect(PictureMetadata.removed(from: original) == file(chunk("VP8X", [0x10, 0, 0, 0]) + picture))
    }

    @Test(
        arguments: [
            [], [0xFF], [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xE1, 0, 0], [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1],
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF, 0xFF, 0xFF, 0xFF],
            Array("RIFF".utf8), Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WAVE".utf8), Array("RIFF\u{10}\0\0\0WEBPVP8X\0\0\0\0".utf8),
            Array("%PDF-1.7".utf8),
        ] as [[UInt8]])
    func whatIsBrokenOrNoPictureStaysAsItIs(bytes: [UInt8]) {
        #expect(PictureMetadata.removed(from: bytes) == bytes)
    }

    /// Every beginning of a file, and every file with one wrong byte: nothing is read beyond the end, and nothing hangs.
    @Test func noBytesBringItDown() {
        let original = JPEG.file([JPEG.exif(6), JPEG.segment(0xDB, "t"), [0xFF, 0xDA, 0, 3, 1, 5]])
        for count in original.indices {
            _ = PictureMetadata.removed(from: Array(original.prefix(count)))
            for value: UInt8 in [0, 1, 0x7F, 0xD9, 0xDA, 0xE1, 0xFF] {
                var broken = original
                broken[count] = value
                _ = PictureMetadata.removed(from: broken)
            }
        }
    }
}

private enum JPEG {
    static func file(_ parts: [[UInt8]]) -> [UInt8] { [0xFF, 0xD8] + parts.joined() + [0xFF, 0xD9] }

    static func segment(_ marker: UInt8, _ content: String) -> [UInt8] { segment(marker, Array(content.utf8)) }

    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = UInt16(content.count + 2)
        let beginning: [UInt8] = [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)]
        return beginning + content
    }

    /// As a telephone writes it, least significant byte first: a maker's name, the orientation, and a place.
    static func exif(_ orientation: UInt8?) -> [UInt8] {
        let maker: [UInt8] = [0x0F, 0x01, 2, 0, 4, 0, 0, 0, 0x41, 0x42, 0x43, 0]
        var turned: [UInt8] = []
        if let orientation { turned = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0] }
        let count: UInt8 = orientation == nil ? 1 : 2
        let header: [UInt8] = Array("Exif\0\0II".utf8) + [42, 0, 8, 0, 0, 0, count, 0]
        return segment(0xE1, header + maker + turned + [0, 0, 0, 0] + Array("GPS 34.6037S".utf8))
    }

    /// What is left of it.
    static func plainExif(_ orientation: UInt8) -> [UInt8] {
        let directory: [UInt8] = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        return segment(0xE1, Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8] + directory)
    }
}
