import DeskCore
import HTTPTypes
import Hummingbird
import NIOCore

@testable import DeskServer

/// What comes from browsers and programs.
enum FormJudge {
    /// A form is read or refused; the names of its files can be written into a header, and lead into no folder.
    static func form(_ bytes: [UInt8]) throws {
        let (type, body) = bytes.headAndRest
        guard let boundary = Multipart.boundary(of: type) else { return try pairs(of: body.asText) }
        try Broken.unless((1...70).contains(boundary.utf8.count), "a boundary of \(boundary.utf8.count) bytes")
        guard let form = try? Multipart.parse(body, boundary: boundary) else { return }
        try Broken.unless(form.files.count <= 50, "\(form.files.count) files in a form")
        for file in form.files {
            try Broken.unless(file.bytes.count <= body.count, "a file is larger than its form")
            try name(file.fileName)
            let type = MediaTypes.answered(file.mediaType)
            try Broken.unless(type.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a type that is no type: \(type)")
        }
    }

    /// A picture has points, and what is more than a browser can be asked to show is not shown.
    static func picture(_ bytes: [UInt8]) throws {
        guard let size = PictureSize(ofFile: bytes) else {
            return try Broken.unless(!MediaTypes.isShownInPlace("image/png", bytes), "what is no picture is shown as one")
        }
        try Broken.unless(size.width > 0 && size.height > 0, "a picture of \(size.width) × \(size.height) points")
        let isShown = MediaTypes.isShownInPlace("image/png", bytes)
        try Broken.unless(isShown == size.isBounded, "what is shown is not what is bounded")
        try Broken.unless(!isShown || size.width * size.height <= PictureSize.mostPoints, "a flood of points is shown")
    }

    private static func name(_ name: String) throws {
        let safe = FileNames.safe(name)
        try Broken.unless(!safe.isEmpty && safe.count <= 120 && !safe.hasPrefix("."), "a file is named “\(safe)”")
        try Broken.unless(!safe.contains { "/\\\"\r\n\u{0}".contains($0) }, "a file's name leads elsewhere")
        let header = FileNames.disposition(name, inPlace: false)
        try Broken.unless(header.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a header of more than plain characters: \(header)")
        try Broken.unless(header.count { $0 == "\"" } == 2, "a name ends its own quotation")
    }

    private static func pairs(of text: String) throws {
        let pairs = URLEncoded.pairs(text)
        try Broken.unless(pairs.count <= text.utf8.count, "\(pairs.count) pairs in \(text.utf8.count) bytes")
        try Broken.unless(Set(URLEncoded.parse(text).keys) == Set(pairs.map(\.name)), "a name was lost")
        for (name, value) in URLEncoded.parse(text) {
            try Broken.unless(pairs.first { $0.name == name }?.value == value, "the first value does not count")
        }
    }

    /// A limit is within its bounds, whatever was asked for; a number that goes on is none that is negative.
    static func query(_ bytes: [UInt8]) throws {
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "desk.example", path: "/list?" + bytes.asText),
            body: RequestBody(buffer: ByteBuffer()))
        try pairs(of: request.uri.query ?? "")
        guard let query = try? ListQuery(request) else { return }
        try Broken.unless((1...200).contains(query.limit), "a limit of \(query.limit)")
        try Broken.unless(query.cursor != "" && (query.cursor ?? "").utf8.count <= 1_000, "a cursor that is none")
        if let number = try? query.numericCursor() { try Broken.unless(number >= 0, "a list goes on before its beginning") }
    }
}
