import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct MediaTests {
    static let fields = ["messaging_product": "whatsapp", "type": "image/png"]

    @Test func keepsAnUploadForSending() throws {
        var (world, _, _) = try Samples.world()
        let picture = SampleFiles.file(for: .image)
        let id = try #require(world.upload(picture, fields: Self.fields, to: "1000", at: Samples.noon).json["id"]?.string)
        let request = Samples.text(more: ["type": "image", "image": ["id": .string(id), "caption": "mira"]])
        #expect(world.send(request, from: "1000", at: Samples.noon).status == 200)
        let receipt = try #require(world.receipts.last)
        #expect(receipt.text == "mira")
        #expect(receipt.media?.digest == picture.digest)
        #expect(receipt.media?.byteCount == picture.bytes.count)
    }

    @Test func failsLaterWhenTheFileIsOfAnotherKind() throws {
        var (world, _, _) = try Samples.world()
        let id = try #require(
            world.upload(SampleFiles.file(for: .document), fields: Self.fields, to: "1000", at: Samples.noon).json["id"]?.string)
        let request = Samples.text(more: ["type": "image", "image": ["id": .string(id)]])
        #expect(world.send(request, from: "1000", at: Samples.noon).status == 200)
        #expect(world.told().first?["errors"]?.array?.first?["code"] == 131_053)
    }

    @Test(
        arguments: [
            (MediaFile(bytes: [1], mediaType: "image/gif"), 100), (MediaFile(bytes: [], mediaType: "image/png"), 100), (nil, 100),
            (MediaFile(bytes: Array(repeating: 0, count: 512_001), mediaType: "image/webp"), 131_053),
        ] as [(MediaFile?, Int)])
    func refusesWhatMetaRefuses(file: MediaFile?, code: Int) throws {
        var (world, _, _) = try Samples.world()
        #expect(world.upload(file, fields: Self.fields, to: "1000", at: Samples.noon).errorCode == code)
    }

    @Test(arguments: [(Duration.minutes(5), 200), (.minutes(5) + .seconds(1), 404)])
    func linksLiveFiveMinutes(wait: Duration, status: Int) throws {
        var (world, ana, _) = try Samples.world()
        let id = try #require(
            try world.write([ContactMessage(.media(.image, nil, caption: nil))], by: ana.id, at: Samples.noon).first?.mediaID)
        let described = world.read(id, fields: nil, baseURL: "http://sim", at: Samples.noon)
        let url = try #require(described.json["url"]?.string)
        #expect(url.hasPrefix("http://sim/whatsapp_business/attachments/?mid=\(id)&ext="))
        let answer = world.download(query: Self.query(of: url), at: Samples.noon + wait)
        #expect(answer.status == status)
        if status == 200 { #expect(answer.body == .file(SampleFiles.file(for: .image).bytes, mediaType: "image/png")) }
    }

    @Test func refusesALinkThatItNeverGave() throws {
        var (world, ana, _) = try Samples.world()
        let id = try #require(
            try world.write([ContactMessage(.media(.image, nil, caption: nil))], by: ana.id, at: Samples.noon).first?.mediaID)
        #expect(world.download(query: ["mid": id, "ext": "9999999999", "hash": "guess"], at: Samples.noon).status == 404)
    }

    @Test func forgetsWhatContactsSentAfterAWeek() throws {
        var (world, ana, _) = try Samples.world()
        let id = try #require(
            try world.write([ContactMessage(.media(.voice, nil, caption: nil))], by: ana.id, at: Samples.noon).first?.mediaID)
        #expect(world.read(id, fields: nil, baseURL: "", at: Samples.noon + .hours(168)).status == 200)
        #expect(world.read(id, fields: nil, baseURL: "", at: Samples.noon + .hours(169)).errorCode == 100)
    }

    @Test func deletes() throws {
        var (world, ana, _) = try Samples.world()
        let id = try #require(
            try world.write([ContactMessage(.media(.voice, nil, caption: nil))], by: ana.id, at: Samples.noon).first?.mediaID)
        #expect(world.delete(id, at: Samples.noon).json == ["success": true])
        #expect(world.delete(id, at: Samples.noon).errorCode == 100)
    }

    @Test(
        arguments: [
            (MediaKind.image, [0x89, 0x50, 0x4E, 0x47]), (.sticker, Array("RIFF".utf8)), (.voice, Array("OggS".utf8)),
            (.document, Array("%PDF".utf8)), (.audio, [0xFF]), (.video, [0, 0, 0]),
        ] as [(MediaKind, [UInt8])])
    func ownFilesAreReal(kind: MediaKind, signature: [UInt8]) {
        let file = SampleFiles.file(for: kind)
        #expect(Array(file.bytes.prefix(signature.count)) == signature)
        #expect(file.suits(kind.type))
    }

    private static func query(of url: String) -> [String: String] {
        let pairs = url.split(separator: "?").last?.split(separator: "&") ?? []
        return Dictionary(
            uniqueKeysWithValues: pairs.map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), String(parts[1]))
            })
    }
}

@Suite struct MultipartFormTests {
    private static let body =
        Array(
            ("--xyz\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
                + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.png\"\r\nContent-Type: image/png\r\n\r\n").utf8)
        + [0x0D, 0x0A, 0x00, 0xFF, 0x2D, 0x2D] + Array("\r\n--xyz--\r\n".utf8)

    @Test func takesAFormApart() throws {
        let form = try #require(MultipartForm(Self.body, contentType: "multipart/form-data; boundary=\"xyz\""))
        #expect(form.fields == ["messaging_product": "whatsapp"])
        #expect(form.file == MediaFile(bytes: [0x0D, 0x0A, 0x00, 0xFF, 0x2D, 0x2D], mediaType: "image/png", fileName: "a b.png"))
    }

    @Test(arguments: ["application/json", "multipart/form-data", "multipart/form-data; boundary=other"])
    func refusesWhatIsNone(contentType: String) {
        #expect(MultipartForm(Self.body, contentType: contentType) == nil)
    }
}
