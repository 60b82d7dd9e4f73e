import Foundation

/// A `multipart/form-data` body, taken apart (RFC 7578): as much of it as an upload to Meta needs.
package struct MultipartForm: Hashable, Sendable {
    package private(set) var fields: [String: String] = [:]
    package private(set) var file: MediaFile?

    /// - Returns: nil if the content type names no boundary, or the body doesn't follow it.
    package init?(_ body: [UInt8], contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"), let boundary = Self.parameter("boundary", in: contentType) else {
            return nil
        }
        let data = Data(body)
        let delimiter = Data("--\(boundary)".utf8)
        guard var position = data.range(of: delimiter)?.upperBound else { return nil }
        while let next = data.range(of: Data("\r\n".utf8) + delimiter, in: position..<data.endIndex) {
            add(part: data[position..<next.lowerBound])
            position = next.upperBound
        }
        if let type = fields["type"], let file, !type.isEmpty {
            self.file = MediaFile(bytes: file.bytes, mediaType: type, fileName: file.fileName)
        }
    }

    private mutating func add(part: Data) {
        guard let head = part.range(of: Data("\r\n\r\n".utf8)) else { return }
        let lines = String(decoding: part[part.startIndex..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let content = part[head.upperBound...]
        let disposition = Self.header("content-disposition", in: lines) ?? ""
        guard let name = Self.parameter("name", in: disposition) else { return }
        if let fileName = Self.parameter("filename", in: disposition) {
            let mediaType = Self.header("content-type", in: lines) ?? "application/octet-stream"
            file = MediaFile(bytes: Array(content), mediaType: mediaType, fileName: fileName)
        } else {
            fields[name] = String(decoding: content, as: UTF8.self)
        }
    }

    private static func header(_ name: String, in lines: [String]) -> String? {
        lines.first { $0.lowercased().hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    /// The value of a header's parameter, quoted or not.
    private static func parameter(_ name: String, in header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let trimmed = piece.trimmingCharacters(in: .whitespaces)
            guard trimmed.lowercased().hasPrefix(name + "=") else { continue }
            return trimmed.dropFirst(name.count + 1).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        }
        return nil
    }
}
