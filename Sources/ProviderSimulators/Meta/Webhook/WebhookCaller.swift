package import AsyncHTTPClient
import Crypto
package import DeskCore
import Foundation
import NIOCore
import NIOHTTP1

/// A call to the client's webhook.
package struct WebhookCall: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    package let method: Method
    package let url: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    package let timeout: Duration
}

/// How a call ended.
package enum WebhookOutcome: Hashable, Sendable {
    case answered(status: Int, body: String)
    case failed(String)

    /// Meta takes 200 for an answer, and nothing else.
    package var isAccepted: Bool {
        guard case .answered(let status, _) = self else { return false }
        return status == 200
    }

    package var status: Int? {
        guard case .answered(let status, _) = self else { return nil }
        return status
    }
}

/// Carries calls to the webhook; tests put their own in its place.
package protocol WebhookCalling: Sendable {
    func perform(_ call: WebhookCall) async -> WebhookOutcome
}

/// Before the simulator runs.
struct NoWebhookCaller: WebhookCalling {
    func perform(_ call: WebhookCall) async -> WebhookOutcome { .failed("The simulator is not running.") }
}

/// Calls over HTTP.
package struct HTTPWebhookCaller: WebhookCalling {
    private static let maximumAnswerBytes = 65_536
    private let client: HTTPClient

    package init(client: HTTPClient) { self.client = client }

    package func perform(_ call: WebhookCall) async -> WebhookOutcome {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers = HTTPHeaders(call.headers.map { ($0.name, $0.value) })
        if call.method == .post { request.body = .bytes(ByteBuffer(bytes: call.body)) }
        do {
            let response = try await client.execute(request, timeout: .milliseconds(call.timeout.wholeMilliseconds))
            let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
            return .answered(status: Int(response.status.code), body: String(buffer: body))
        } catch {
            return .failed("\(error)")
        }
    }
}

/// Meta's signature of a body.
package enum WebhookSignature {
    /// The value of `X-Hub-Signature-256`: `sha256=` and the HMAC-SHA256 of the very bytes, in lower-case hexadecimal.
    package static func header(for body: [UInt8], secret: Secret) -> String {
        let key = SymmetricKey(data: Data(secret.exposed().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: body, using: key)
        return "sha256="
            + code.map { byte in
                let digits = String(byte, radix: 16)
                return byte < 16 ? "0" + digits : digits
            }.joined()
    }
}

/// The verification handshake (Graph API, "Webhooks, verification requests").
package enum WebhookHandshake {
    /// - Returns: nil if `url` is no address.
    static func call(url: String, verifyToken: Secret, challenge: String, timeout: Duration) -> WebhookCall? {
        guard var components = URLComponents(string: url), components.host != nil else { return nil }
        components.queryItems =
            (components.queryItems ?? []) + [
                URLQueryItem(name: "hub.mode", value: "subscribe"), URLQueryItem(name: "hub.challenge", value: challenge),
                URLQueryItem(name: "hub.verify_token", value: verifyToken.exposed()),
            ]
        components.percentEncodedQuery = components.percentEncodedQuery?.replacing("+", with: "%2B")
        return components.string.map { WebhookCall(method: .get, url: $0, headers: [], body: [], timeout: timeout) }
    }

    static func isPassed(_ outcome: WebhookOutcome, challenge: String) -> Bool {
        outcome == .answered(status: 200, body: challenge)
    }
}
