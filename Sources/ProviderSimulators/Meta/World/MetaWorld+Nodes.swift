package import DeskCore

/// The nodes that can be read: the number, the account, files; and who is subscribed.
extension MetaWorld {
    /// `GET /{node}`
    /// - Parameters:
    ///   - fields: the names asked for, separated by commas; nil for Meta's default set.
    ///   - baseURL: of this simulator, as the client called it.
    package mutating func read(_ node: String, fields: String?, baseURL: String, at now: Instant) -> GraphAnswer {
        if let stored = media[node], !stored.isGone(at: now) { return describe(stored, baseURL: baseURL, at: now) }
        switch node {
        case account.phoneNumberID: return .json(phoneNumber(fields: fields))
        case account.businessAccountID:
            return .json(["id": .string(node), "name": .string(account.verifiedName), "timezone_id": "1"])
        default: return refusal(.unknownNode(node))
        }
    }

    /// `GET /{waba}/phone_numbers`
    package mutating func phoneNumbers(of node: String, fields: String?) -> GraphAnswer {
        guard node == account.businessAccountID else { return refusal(.unknownNode(node)) }
        return .json(["data": [phoneNumber(fields: fields)]])
    }

    private func phoneNumber(fields: String?) -> JSONValue {
        let everything = everyField
        let basic = ["verified_name", "display_phone_number", "quality_rating", "code_verification_status", "platform_type", "throughput"]
        let asked = fields.map { $0.split(separator: ",").map { $0.trimmingPrefix(" ").description } } ?? basic
        let names = Set(asked.map { $0.prefix { $0 != "{" && $0 != "." }.description } + ["id"])
        return .object(everything.filter { names.contains($0.key) })
    }

    private var everyField: [String: JSONValue] {
        let addresses: JSONValue = .object(present: [
            "phone_number": webhook.phoneNumber.map(JSONValue.string),
            "whatsapp_business_account": webhook.businessAccount.map(JSONValue.string),
            "application": webhook.application.map(JSONValue.string),
        ])
        return [
            "id": .string(account.phoneNumberID), "verified_name": .string(account.verifiedName),
            "display_phone_number": .string("+" + account.displayPhoneNumber), "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED", "platform_type": "CLOUD_API", "throughput": ["level": "STANDARD"],
            "name_status": "APPROVED", "status": "CONNECTED", "account_mode": "LIVE", "is_official_business_account": false,
            "messaging_limit_tier": "TIER_1K", "webhook_configuration": addresses,
        ]
    }

    /// `GET /{waba}/subscribed_apps`
    package mutating func subscriptions(of node: String) -> GraphAnswer {
        guard node == account.businessAccountID else { return refusal(.unknownNode(node)) }
        guard webhook.isSubscribed else { return .json(["data": []]) }
        let app: JSONValue = [
            "id": "1000000000000001", "name": "Simulated app", "link": "https://www.facebook.com/games/?app_id=1000000000000001",
        ]
        return .json([
            "data": [
                .object(present: [
                    "whatsapp_business_api_data": app, "override_callback_uri": webhook.businessAccount.map(JSONValue.string),
                ])
            ]
        ])
    }

    /// Which address a client may set, by the node that it names.
    package enum AddressLevel: Sendable { case application, businessAccount, phoneNumber }

    /// - Returns: nil for a node that has no webhook of its own.
    package func addressLevel(of node: String) -> AddressLevel? {
        switch node {
        case account.businessAccountID: .businessAccount
        case account.phoneNumberID: .phoneNumber
        default: nil
        }
    }

    /// Sets an address that has passed the handshake; nil takes an override away.
    package mutating func setWebhook(_ url: String?, at level: AddressLevel) {
        switch level {
        case .application: webhook.application = url
        case .businessAccount: webhook.businessAccount = url
        case .phoneNumber: webhook.phoneNumber = url
        }
    }

    package mutating func setSubscribed(_ isSubscribed: Bool) { webhook.isSubscribed = isSubscribed }

    /// The answer to somebody whose token is missing or wrong; nil if it is right.
    /// - Parameter authorization: the header's value.
    package mutating func refusalOf(authorization: String?) -> GraphAnswer? {
        guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return refusal(GraphError(code: 104)) }
        let token = authorization.dropFirst("bearer ".count).trimmingPrefix(" ")
        return token == account.accessToken.exposed() ? nil : refusal(GraphError(code: 190))
    }
}
