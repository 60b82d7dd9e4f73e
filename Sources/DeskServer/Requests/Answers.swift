import DeskCore
import DeskServices
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func html(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8") -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, type: String = "application/json; charset=utf-8"
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }

    /// To a page of ours after a form was taken in (303).
    static func redirect(toPage path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}

/// An error for programs (RFC 9457).
struct Problem: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String

    init(_ error: DeskError) {
        status = Int(error.status.code)
        type = "urn:contesta:problem:\(error.code.rawValue)"
        title = error.status.reasonPhrase
        detail = error.publicMessage
        code = error.code.rawValue
    }
}

extension DeskError {
    /// The HTTP status that says the same.
    var status: HTTPResponse.Status {
        switch code {
        case .notFound: .notFound
        case .unauthenticated: .unauthorized
        case .forbidden, .agreementRequired, .outOfGrant, .confirmationRequired, .identityNotLinked, .passwordNeeded: .forbidden
        case .staleConversation, .idempotencyMismatch, .alreadySent, .staleAgreement, .reactionUnderWay, .identityTaken: .conflict
        case .attachmentTooLarge, .requestTooLarge: .contentTooLarge
        case .tooManyAttempts: .tooManyRequests
        case .unsupportedMediaType: .unsupportedMediaType
        case .notSupported: .unprocessableContent
        case .storageUnavailable, .storageFailed: .serviceUnavailable
        case .replyWindowClosed, .replyTooLong, .emptyReply, .wrongRecipient, .attachmentNotAllowed, .pictureTooLarge, .quoteNotPossible,
            .reactionNotPossible, .notAnEmoji, .commitmentRefused:
            .unprocessableContent
        case .invalidRequest, .passwordTooCommon, .signInExpired, .signInCancelled, .identityRefused: .badRequest
        case .providerUnavailable: .badGateway
        default: .internalServerError
        }
    }

    /// Whatever was thrown, as an error of ours; what we don't know tells outsiders nothing.
    static func of(_ error: any Error) -> DeskError {
        switch error {
        case let error as DeskError: error
        case let error as HTTPError where error.status == .notFound: DeskError.nothingThere
        case let error as HTTPError where error.status == .contentTooLarge:
            DeskError(.requestTooLarge, message: "The request is larger than is taken here. Nothing was stored.")
        case let error as HTTPError where error.status.kind == .clientError:
            DeskError(.invalidRequest, message: error.body ?? "The request can't be understood. Nothing was changed.")
        case is NIOTooManyBytesError: DeskError(.requestTooLarge, message: "The request is larger than is taken here. Nothing was stored.")
        default:
            DeskError(
                .internalFailure, message: "\(error)",
                publicMessage: "Something went wrong on our side. What was stored before is safe; try again, or tell the operator.")
        }
    }
}

extension DeskError.Code {
    static let internalFailure = Self("internal_error")
    static let requestTooLarge = Self("request_too_large")
}
