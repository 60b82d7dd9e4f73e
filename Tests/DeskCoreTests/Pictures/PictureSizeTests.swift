import DeskCore
import Testing

@Suite struct PictureSizeTests {
    /// Heads of files, made here after the formats' own descriptions.
    enum Head {
        static func png(_ width: UInt32, _ height: UInt32) -> [UInt8] {
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + big(width) + big(height) + [8, 6, 0, 0, 0]
        }

        static func gif(_ width: UInt16, _ height: UInt16) -> [UInt8] { Array("GIF89a".utf8) + little(width) + little(height) + [0, 0, 0] }

        static func webP(extended width: Int, _ height: Int) -> [UInt8] {
            riff("VP8X") + [0, 0, 0, 0] + [width - 1, height - 1].flatMap { side in (0..<3).map { UInt8(side >> ($0 * 8) & 0xFF) } }
        }

        static func webP(lossless width: UInt32, _ height: UInt32) -> [UInt8] {
            let bits = (width - 1) | (height - 1) << 14
            return riff("VP8L") + [0x2F] + (0..<4).map { UInt8(bits >> ($0 * 8) & 0xFF) }
        }

        static func webP(lossy width: UInt16, _ height: UInt16) -> [UInt8] {
            riff("VP8 ") + [0, 0, 0, 0x9D, 0x01, 0x2A] + little(width) + little(height | 0x4000)
        }

        static func jpeg(_ width: UInt16, _ height: UInt16, frame: UInt8 = 0xC0) -> [UInt8] {
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 3, 9, 0xFF, 0xFF, frame, 0, 17, 8] + bigger(height) + bigger(width) + [3]
        }

        private static func riff(_ kind: String) -> [UInt8] {
            Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP\(kind)".utf8) + [0, 0, 0, 0]
        }
        private static func big(_ number: UInt32) -> [UInt8] { (0..<4).reversed().map { UInt8(number >> ($0 * 8) & 0xFF) } }
        private static func bigger(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
        private static func little(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
    }

    static let heads: [[UInt8]] = [
        Head.png(640, 480), Head.gif(640, 480), Head.webP(extended: 640, 480), Head.webP(lossless: 640, 480), Head.webP(lossy: 640, 480),
        Head.jpeg(640, 480), Head.jpeg(640, 480, frame: 0xC2), Head.jpeg(640, 480, frame: 0xCF),
    ]

    @Test(arguments: heads)
    func theHeadOfAFileSaysHowLargeItsPictureIs(head: [UInt8]) throws {
        let size = try #require(PictureSize(ofFile: head))
        #expect((size.width, size.height) == (640, 480))
        #expect(size.isBounded)
    }

    @Test(arguments: heads)
    func whatIsCutOffSaysNothingAndBreaksNothing(head: [UInt8]) {
        for length in 0..<(head.count - 8) { #expect(PictureSize(ofFile: Array(head[..<length])) == nil, "\(length)") }
    }

    @Test(arguments: [
        [], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xDA, 0, 2], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], Array("<svg width='9'/>".utf8),
        Array("%PDF-1.4".utf8),
        Array("BM".utf8) + Array(repeating: 9, count: 60), Head.png(0, 5), Head.jpeg(5, 0),
    ])
    func whatIsNoPictureThatIsShownHasNoSize(bytes: [UInt8]) {
        #expect(PictureSize(ofFile: bytes) == nil)
    }

    @Test(arguments: [
        Head.png(50_000, 50_000), Head.png(.max, .max), Head.png(16_385, 1), Head.png(1, 16_385), Head.gif(.max, .max),
        Head.jpeg(.max, .max),
        Head.webP(extended: 1 << 24, 1 << 24), Head.webP(lossless: 16_384, 16_384), Head.webP(lossy: 16_383, 16_383),
        Head.jpeg(8_000, 6_251),
    ])
    func aFloodOfPointsIsOutOfBounds(head: [UInt8]) throws {
        #expect(try !#require(PictureSize(ofFile: head)).isBounded)
    }

    @Test(arguments: [Head.jpeg(8_000, 6_250), Head.png(16_384, 3_000), Head.png(1, 1)])
    func whatCamerasMakeIsWithin(head: [UInt8]) throws {
        #expect(try #require(PictureSize(ofFile: head)).isBounded)
    }
}
