/// The body of a `multipart/form-data` request (RFC 7578).
package struct MultipartForm: Sendable {
    private var body: [UInt8] = []
    private let boundary: String

    /// - Parameter boundary: must not occur in any part; the digest of the file that is sent is a safe choice.
    package init(boundary: String) { self.boundary = boundary }

    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    package mutating func append(_ name: String, _ value: String) {
        append(header: "content-disposition: form-data; name=\"\(name)\"", content: Array(value.utf8))
    }

    /// - Parameter fileName: shown to the contact; quotes, control characters and the like are replaced.
    package mutating func append(_ name: String, fileName: String, mediaType: String, bytes: [UInt8]) {
        let safeName = Self.headerSafe(fileName)
        append(
            header:
                "content-disposition: form-data; name=\"\(name)\"; filename=\"\(safeName)\"\r\ncontent-type: \(Self.headerSafe(mediaType))",
            content: bytes)
    }

    package var encoded: [UInt8] { body + Array("--\(boundary)--\r\n".utf8) }

    private mutating func append(header: String, content: [UInt8]) {
        body.append(contentsOf: "--\(boundary)\r\n\(header)\r\n\r\n".utf8)
        body.append(contentsOf: content)
        body.append(contentsOf: "\r\n".utf8)
    }

    private static func headerSafe(_ text: String) -> String {
        String(
            text.map { character in
                let isUnsafe =
                    character == "\"" || character == "\\" || character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
                return isUnsafe ? "_" : character
            })
    }
}
