import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `webhook-floor PORT SECRET`: a server that checks a webhook's signature and answers 200. It reads nothing and stores nothing, so
/// it shows what HTTP and cryptography alone cost.
@main
enum WebhookFloor {
    private static let largestBody = 3 << 20

    static func main() async throws {
        guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]) else {
            print("Usage: webhook-floor PORT SECRET")
            exit(64)
        }
        let key = SymmetricKey(data: Data(CommandLine.arguments[2].utf8))
        let router = Router()
        router.get("/readyz") { _, _ in "ready\n" }
        router.post("/webhooks/:inbox") { request, _ in
            let body = try await request.body.collect(upTo: largestBody)
            return isAuthentic(body.readableBytesView, signature: request.headers[.signature], key: key) ? Self.received : Self.refused
        }
        let application = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }

    private static var received: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "{\"status\":\"received\"}")))
    }

    private static var refused: Response { Response(status: .unauthorized) }

    private static func isAuthentic(_ body: ByteBufferView, signature: String?, key: SymmetricKey) -> Bool {
        guard let signature, signature.hasPrefix("sha256="), let code = bytes(hexadecimal: signature.utf8.dropFirst(7)) else {
            return false
        }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
    }

    private static func bytes(hexadecimal digits: Substring.UTF8View) -> [UInt8]? {
        let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }.map(UInt8.init)
        guard values.count == digits.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}

extension HTTPField.Name {
    fileprivate static let signature = HTTPField.Name("X-Hub-Signature-256") ?? .authorization
}
