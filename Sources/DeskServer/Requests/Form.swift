import DeskCore
import Hummingbird
import NIOCore

/// What a page's form sent. The only way to its fields leads through the check that the form was ours.
struct Form {
    private let fields: [String: String]
    let files: [UploadedFile]

    /// - Throws: `forbidden` when it wasn't our form in this browser; `invalid_request` for what is no form.
    static func read(_ request: Request, _ context: DeskRequestContext, limit: Int) async throws -> Form {
        let body = try await request.body.collect(upTo: limit)
        let type = request.headers[.contentType] ?? ""
        let form =
            if let boundary = Multipart.boundary(of: type) {
                try Multipart.parse(Array(buffer: body), boundary: boundary)
            } else {
                Form(fields: URLEncoded.parse(String(buffer: body)), files: [])
            }
        guard form.fields["csrf"].map({ ConstantTime.areEqual($0, context.csrfToken) }) == true, !context.csrfToken.isEmpty else {
            throw DeskError(
                .forbidden,
                message: "The form was not sent from this page, or the session ended. Nothing was changed; reload and try again.")
        }
        return form
    }

    init(fields: [String: String], files: [UploadedFile]) {
        self.fields = fields
        self.files = files
    }

    /// A field's text with line ends as `\n`; empty when missing.
    subscript(_ name: String) -> String { (fields[name] ?? "").replacing("\r\n", with: "\n") }

    func optional(_ name: String) -> String? {
        let value = self[name]
        return value.isEmpty ? nil : value
    }
}

/// A file that somebody attached.
struct UploadedFile: Sendable {
    let field: String
    let fileName: String
    let mediaType: String
    let bytes: [UInt8]
}

/// Comparison that tells nothing by its duration.
enum ConstantTime {
    static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
