import DeskCore

/// A request to the Graph side, as the HTTP shell hands it in.
package struct GraphRequest: Sendable {
    package var call: GraphCall
    /// The header's value.
    package var authorization: String?
    /// The body if it is JSON; `null` if there is none.
    package var body: JSONValue
    package var query: [String: String]
    /// The parts of a multipart body.
    package var fields: [String: String]
    package var file: MediaFile?
    /// Of this simulator, as the client called it; addresses of files start with it.
    package var baseURL: String

    package init(
        _ call: GraphCall, authorization: String?, body: JSONValue = .null, query: [String: String] = [:], fields: [String: String] = [:],
        file: MediaFile? = nil, baseURL: String = ""
    ) {
        self.call = call
        self.authorization = authorization
        self.body = body
        self.query = query
        self.fields = fields
        self.file = file
        self.baseURL = baseURL
    }
}

/// Answering Graph calls.
extension MetaSimulator {
    package func answer(_ request: GraphRequest) async -> GraphAnswer {
        if let refusal = world.refusalOf(authorization: request.authorization) { return refusal }
        return switch request.call {
        case .sendMessage(let node): change { world, now in world.send(request.body, from: node, at: now) }
        case .uploadMedia(let node): world.upload(request.file, fields: request.fields, to: node, at: now)
        case .read(let node): world.read(node, fields: request.query["fields"], baseURL: request.baseURL, at: now)
        case .delete(let node): world.delete(node, at: now)
        case .listPhoneNumbers(let node): world.phoneNumbers(of: node, fields: request.query["fields"])
        case .download: world.download(query: request.query, at: now)
        case .readSubscriptions(let node): world.subscriptions(of: node)
        case .subscribe(let node): await subscribe(node, request: request)
        case .unsubscribe(let node): unsubscribe(node)
        case .update(let node): await override(webhookOf: node, with: request.body["webhook_configuration"] ?? .null)
        }
    }

    private func subscribe(_ node: String, request: GraphRequest) async -> GraphAnswer {
        guard world.addressLevel(of: node) == .businessAccount else { return world.refusal(.unknownNode(node)) }
        let settings = request.body.merging(.object(request.query.mapValues(JSONValue.string)))
        let answer = await override(webhookOf: node, with: settings)
        if answer.status == 200 { world.setSubscribed(true) }
        return answer
    }

    private func unsubscribe(_ node: String) -> GraphAnswer {
        guard world.addressLevel(of: node) == .businessAccount else { return world.refusal(.unknownNode(node)) }
        world.setSubscribed(false)
        return .json(["success": true])
    }

    /// Sets an address after the handshake, or takes it away if none is given.
    private func override(webhookOf node: String, with settings: JSONValue) async -> GraphAnswer {
        guard let level = world.addressLevel(of: node) else { return world.refusal(.unknownNode(node)) }
        guard let url = settings["override_callback_uri"]?.string, !url.isEmpty else {
            world.setWebhook(nil, at: level)
            return .json(["success": true])
        }
        let token = settings["verify_token"]?.string.map(Secret.init)
        let outcome = await connectWebhook(url, verifyToken: token, at: level)
        guard outcome.isAccepted else {
            let status = outcome.status.map(String.init) ?? "none"
            return world.refusal(
                GraphError(code: 2_200, title: "Callback verification failed with the following errors: HTTP Status Code = \(status)"))
        }
        return .json(["success": true])
    }
}
