import DeskCore
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The whole body. One that says itself that it is too large is refused unread.
    /// - Throws: `request_too_large`.
    func bytes(upTo maximum: Int) async throws -> ByteBuffer {
        if let stated = headers[.contentLength].flatMap(Int.init), stated > maximum { throw Self.tooLarge(maximum) }
        do {
            return try await body.collect(upTo: maximum)
        } catch is NIOTooManyBytesError {
            throw Self.tooLarge(maximum)
        }
    }

    private static func tooLarge(_ maximum: Int) -> DeskError {
        DeskError(.requestTooLarge, message: "The request is larger than is taken here (\(maximum) bytes). Nothing was stored.")
    }
}
