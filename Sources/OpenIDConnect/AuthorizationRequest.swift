import Crypto
import DeskCore
import Foundation

/// What the browser takes to the provider (OpenID Connect Core 1.0 section 3.1.2.1).
struct AuthorizationRequest: Sendable {
    let client: String
    let returnAddress: String
    let challenge: SignInChallenge

    /// Asks for nothing but who somebody is: no address, no name.
    func address(at endpoint: WebAddress) -> String {
        endpoint.adding([
            ("response_type", "code"), ("scope", "openid"), ("client_id", client), ("redirect_uri", returnAddress),
            ("state", challenge.state), ("nonce", challenge.nonce), ("code_challenge", Self.digest(of: challenge.verifier)),
            ("code_challenge_method", "S256"),
        ])
    }

    /// BASE64URL(SHA256(ASCII(verifier))) (RFC 7636 section 4.2).
    static func digest(of verifier: Secret) -> String {
        Base64URL.text(Array(SHA256.hash(data: Array(verifier.exposed().utf8))))
    }
}

/// Base64 for addresses, without padding (RFC 7515 section 2).
enum Base64URL {
    static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil for anything else, and for what is padded.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.allSatisfy({ isDigit($0) }) else { return nil }
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).map { Array($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
