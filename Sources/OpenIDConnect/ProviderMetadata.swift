import Foundation

/// What a provider says of itself, as far as it is used (OpenID Connect Discovery 1.0 section 3), found good.
struct ProviderMetadata: Sendable {
    /// Where the client's secret goes (OpenID Connect Core 1.0 section 9).
    enum SecretPlace: Hashable, Sendable {
        case header, body
    }

    let issuer: WebAddress
    /// Where browsers go.
    let authorization: WebAddress
    let token: WebAddress
    let keys: WebAddress
    /// Of ID tokens.
    let algorithms: Set<String>
    let secretPlace: SecretPlace
    /// Whether each answer names the provider (RFC 9207 section 3).
    let answersWithIssuer: Bool
    /// What the operator should know.
    let remarks: [String]

    /// - Throws: `OpenIDFault`, in plain words.
    init(_ body: [UInt8], of issuer: WebAddress) throws(OpenIDFault) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(body)) else {
            throw Self.unsuitable("What is at \(issuer.discovery) is no description of an OpenID Connect provider.")
        }
        guard document.issuer == issuer.text else {
            throw Self.unsuitable("The provider there calls itself another issuer\(Self.quoted(document.issuer)): give exactly that one.")
        }
        self.issuer = issuer
        authorization = try Self.address(document.authorization, "authorization_endpoint", of: issuer)
        token = try Self.address(document.token, "token_endpoint", of: issuer)
        keys = try Self.address(document.keys, "jwks_uri", of: issuer)
        try Self.requireCodeFlow(document)
        algorithms = try Self.algorithms(document)
        secretPlace = try Self.secretPlace(document)
        answersWithIssuer = document.answersWithIssuer ?? false
        remarks = Self.remarks(document)
    }

    /// Whether an address is the issuer's own server, which the operator typed; any other may not lead inside.
    func isOwn(_ address: WebAddress) -> Bool { address.origin == issuer.origin }

    /// Only an issuer on this machine may have anything on it in clear.
    private static func address(_ text: String?, _ name: String, of issuer: WebAddress) throws(OpenIDFault) -> WebAddress {
        guard let text else { throw unsuitable("The provider has no \(name): it can't be used to sign in.") }
        guard let address = WebAddress(text), address.origin.scheme == "https" || address.origin == issuer.origin else {
            throw unsuitable("The provider's \(name) is no https address.")
        }
        return address
    }

    private static func requireCodeFlow(_ document: Document) throws(OpenIDFault) {
        guard document.responseTypes?.contains("code") == true, document.grantTypes?.contains("authorization_code") ?? true,
            document.responseModes?.contains("query") ?? true
        else { throw unsuitable("The provider does not offer the authorization code flow (response type \"code\", by query).") }
        // A provider that says nothing of PKCE may have it all the same (Entra ID has); one that says only "plain" has not.
        guard document.challengeMethods?.contains("S256") ?? true else {
            throw unsuitable("The provider offers PKCE without S256 (code_challenge_methods_supported).")
        }
    }

    /// RS256 is what every provider has; it may leave that unsaid (OpenID Connect Core 1.0 section 15.1).
    private static func algorithms(_ document: Document) throws(OpenIDFault) -> Set<String> {
        let common = TokenKey.algorithms.intersection(document.algorithms ?? ["RS256"])
        guard !common.isEmpty else {
            throw unsuitable(
                "The provider signs ID tokens by no algorithm that is known here: \(TokenKey.algorithms.sorted().joined(separator: ", ")).")
        }
        return common
    }

    private static func secretPlace(_ document: Document) throws(OpenIDFault) -> SecretPlace {
        let methods = document.secretMethods ?? ["client_secret_basic"]
        if methods.contains("client_secret_basic") { return .header }
        guard methods.contains("client_secret_post") else {
            throw unsuitable("The provider takes a client secret neither by client_secret_basic nor by client_secret_post.")
        }
        return .body
    }

    private static func remarks(_ document: Document) -> [String] {
        guard document.challengeMethods == nil else { return [] }
        return ["The provider doesn't say whether it checks PKCE (code_challenge_methods_supported); it is sent all the same."]
    }

    private static func quoted(_ issuer: String?) -> String {
        guard let issuer, issuer.utf8.count <= 300, issuer.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return "" }
        return ", \"\(issuer)\""
    }

    static func unsuitable(_ reason: String) -> OpenIDFault { OpenIDFault(.unsuitable, reason) }

    private struct Document: Decodable {
        let issuer: String?
        let authorization: String?
        let token: String?
        let keys: String?
        let responseTypes: [String]?
        let responseModes: [String]?
        let grantTypes: [String]?
        let challengeMethods: [String]?
        let algorithms: [String]?
        let secretMethods: [String]?
        let answersWithIssuer: Bool?

        enum CodingKeys: String, CodingKey {
            case issuer
            case authorization = "authorization_endpoint"
            case token = "token_endpoint"
            case keys = "jwks_uri"
            case responseTypes = "response_types_supported"
            case responseModes = "response_modes_supported"
            case grantTypes = "grant_types_supported"
            case challengeMethods = "code_challenge_methods_supported"
            case algorithms = "id_token_signing_alg_values_supported"
            case secretMethods = "token_endpoint_auth_methods_supported"
            case answersWithIssuer = "authorization_response_iss_parameter_supported"
        }
    }
}
