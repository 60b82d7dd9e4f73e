import Foundation

/// An ID token as it came: nothing of it is believed yet but what its header asks for.
struct SignedToken: Sendable {
    private static let longest = 65_536

    let text: String
    let algorithm: String
    let keyName: String?

    /// - Throws: `OpenIDFault`: `refused` for what is not signed by an algorithm of ours, or wants to be read in a way that is not known.
    init(_ text: String, signedBy algorithms: Set<String>) throws(OpenIDFault) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.longest, parts.count == 3, let head = Base64URL.bytes(parts[0]), Base64URL.bytes(parts[1]) != nil,
            let signature = Base64URL.bytes(parts[2]), !signature.isEmpty,
            let header = try? JSONDecoder().decode(Header.self, from: Data(head))
        else { throw OpenIDFault(.refused, "The ID token is not signed, or no token at all.") }
        guard algorithms.contains(header.alg) else {
            throw OpenIDFault(.refused, "The ID token is signed by an algorithm that the provider does not announce, or that is not taken.")
        }
        guard !header.hasCriticalParts else { throw OpenIDFault(.refused, "The ID token asks for something that is not known here.") }
        self.text = text
        algorithm = header.alg
        keyName = header.kid
    }

    /// RFC 7515 section 4.1; addresses of keys in it (`jku`, `x5u`, `jwk`) are not even read.
    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let hasCriticalParts: Bool

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            alg = try container.decode(String.self, forKey: .alg)
            kid = try container.decodeIfPresent(String.self, forKey: .kid)
            hasCriticalParts = container.contains(.crit)
        }

        private enum CodingKeys: String, CodingKey {
            case alg, kid, crit
        }
    }
}
