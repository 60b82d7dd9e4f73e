import DeskCore
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Reads what programs send.
enum JSONBody {
    /// In bytes; for everything but files.
    static let usualMaximum = 1_048_576

    /// - Throws: `unsupported_media_type`, `request_too_large`, and `invalid_request`, which names the field.
    static func read<Body: Decodable>(
        _ type: Body.Type = Body.self, from request: Request, maximumBytes: Int = usualMaximum
    ) async throws -> Body {
        try requireJSON(request)
        let bytes = try await request.bytes(upTo: maximumBytes)
        do {
            return try JSONDecoder().decode(type, from: Data(buffer: bytes))
        } catch let error as DecodingError {
            throw DeskError(.invalidRequest, message: explanation(of: error) + " Nothing was changed.")
        }
    }

    private static func requireJSON(_ request: Request) throws(DeskError) {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        guard type == "application/json" else {
            throw DeskError(.unsupportedMediaType, message: "Send the body as application/json. Nothing was changed.")
        }
    }

    private static func explanation(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "The field “\(path(context.codingPath + [key]))” is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.codingPath.isEmpty
                ? "The body is not a JSON object." : "The field “\(path(context.codingPath))” has a value of the wrong type."
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "The body is not valid JSON." : "The field “\(path(context.codingPath))” has a value that can't be read."
        @unknown default: "The body can't be read."
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(separator: ".").replacing(".[", with: "[")
    }
}

extension Data {
    fileprivate init(buffer: ByteBuffer) { self.init(buffer.readableBytesView) }
}

extension DeskError.Code {
    static let unsupportedMediaType = Self("unsupported_media_type")
    /// Somebody at a browser has to prove once more who they are.
    static let confirmationRequired = Self("confirmation_required")
    /// Asked for rightly, and not there in this version.
    static let notSupported = Self("not_supported")
}
