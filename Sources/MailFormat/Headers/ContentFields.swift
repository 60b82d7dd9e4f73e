/// What a part says of its type (RFC 2045 5).
struct ContentType {
    /// In lower case; `text/plain` for what is missing or no type at all.
    let mediaType: String
    let parameters: HeaderParameters

    var fileName: String? { parameters["name"].flatMap(\.nonEmptyFileName) }

    /// - Parameter inDigest: Whether the part stands in a multipart/digest, where a mail is what is not mentioned (RFC 2046 5.1.5).
    init(_ headers: HeaderFields, inDigest: Bool = false) {
        guard let field = headers.first("Content-Type") else {
            mediaType = inDigest ? "message/rfc822" : "text/plain"
            parameters = HeaderParameters([])
            return
        }
        let (value, parameters) = field.bytes.firstValue
        let words = value.keyword.split(separator: "/", omittingEmptySubsequences: false).map { $0.collapsedWord }
        mediaType = words.count == 2 && !words.contains("") ? words.joined(separator: "/") : "text/plain"
        self.parameters = parameters
    }
}

/// How a part wants to be shown (RFC 2183).
struct ContentDisposition {
    let isAttachment: Bool
    let isInline: Bool
    let fileName: String?

    init(_ headers: HeaderFields) {
        let fields = headers.all("Content-Disposition").map(\.bytes.firstValue)
        let values = fields.map { $0.value.keyword }
        isAttachment = values.contains("attachment")
        isInline = values.first == "inline" && !isAttachment
        fileName = fields.lazy.compactMap { $0.parameters["filename"] ?? $0.parameters["name"] }.compactMap(\.nonEmptyFileName).first
    }
}

extension [UInt8] {
    /// What stands before the first semicolon, and the parameters after it.
    fileprivate var firstValue: (value: ArraySlice<UInt8>, parameters: HeaderParameters) {
        guard let semicolon = firstIndex(of: UInt8(ascii: ";")) else { return (self[...], HeaderParameters([])) }
        return (self[..<semicolon], HeaderParameters(self[(semicolon + 1)...]))
    }
}

extension String {
    fileprivate var nonEmptyFileName: String? {
        let name = trimmed
        return name.isEmpty ? nil : name
    }
}

extension Substring {
    /// The first word: some programs write a comment or a stray quote behind a type.
    fileprivate var collapsedWord: String { String(trimmed.prefix { !$0.isWhitespace && !"\"(,".contains($0) }) }
}
