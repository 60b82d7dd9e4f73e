import DeskCore
import Foundation

/// `multipart/form-data` (RFC 7578), as browsers send it.
enum Multipart {
    private static let maximumParts = 50

    /// The boundary of a content type; nil for other types.
    static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data"), let range = contentType.range(of: "boundary=") else { return nil }
        let value = contentType[range.upperBound...].prefix { $0 != ";" }
        let boundary = value.filter { $0 != "\"" && !$0.isWhitespace }
        return boundary.isEmpty || boundary.utf8.count > 70 ? nil : boundary
    }

    /// - Throws: `invalid_request` for a body that doesn't end as it should.
    static func parse(_ body: [UInt8], boundary: String) throws(DeskError) -> Form {
        var fields: [String: String] = [:]
        var files: [UploadedFile] = []
        for part in try parts(of: body, boundary: boundary) {
            guard let (headers, content) = split(part), let name = parameter("name", in: headers["content-disposition"] ?? "") else {
                continue
            }
            if let fileName = parameter("filename", in: headers["content-disposition"] ?? "") {
                guard !content.isEmpty || !fileName.isEmpty else { continue }
                files.append(
                    UploadedFile(
                        field: name, fileName: fileName, mediaType: headers["content-type"] ?? "application/octet-stream",
                        bytes: Array(content)))
            } else if fields[name] == nil {
                fields[name] = String(decoding: content, as: UTF8.self)
            }
        }
        return Form(fields: fields, files: files)
    }

    private static func parts(of body: [UInt8], boundary: String) throws(DeskError) -> [ArraySlice<UInt8>] {
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var position = find(delimiter, in: body, from: 0)
        while let start = position, parts.count < maximumParts {
            let after = start + delimiter.count
            if body[after...].starts(with: "--".utf8) { return parts }
            guard let end = find(delimiter, in: body, from: after) else { break }
            parts.append(body[min(after + 2, end)..<max(min(after + 2, end), end - 2)])
            position = end
        }
        throw DeskError(.invalidRequest, message: "The form arrived incomplete. Nothing was changed; send it again.")
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, body.count >= needle.count else { return nil }
        var index = start
        while index <= body.count - needle.count {
            guard let candidate = body[index...].firstIndex(of: first), candidate <= body.count - needle.count else { return nil }
            if body[candidate...].starts(with: needle) { return candidate }
            index = candidate + 1
        }
        return nil
    }

    private static func split(_ part: ArraySlice<UInt8>) -> (headers: [String: String], content: ArraySlice<UInt8>)? {
        let bytes = Array(part)
        guard let end = find(Array("\r\n\r\n".utf8), in: bytes, from: 0) else { return nil }
        var headers: [String: String] = [:]
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n") {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            headers[pair[0].lowercased()] = String(pair[1].drop { $0 == " " })
        }
        return (headers, bytes[(end + 4)...])
    }

    /// Browsers write quotation marks inside names as `%22`, and put the rest as it is.
    private static func parameter(_ name: String, in header: String) -> String? {
        guard let range = header.range(of: "; \(name)=\"") else { return nil }
        return String(header[range.upperBound...].prefix { $0 != "\"" }).replacing("%22", with: "\"")
    }
}
