import ProviderSimulators

/// Takes webhook calls as a desk would, with answers set beforehand.
actor ScriptedDesk: WebhookCalling {
    private(set) var calls: [WebhookCall] = []
    private var answers: [Int]
    private let verifyToken: String
    private var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    init(answers: [Int] = [], verifyToken: String = "verify") {
        self.answers = answers
        self.verifyToken = verifyToken
    }

    var posts: [WebhookCall] { calls.filter { $0.method == .post } }

    func perform(_ call: WebhookCall) async -> WebhookOutcome {
        calls.append(call)
        let count = posts.count
        for waiter in waiting where waiter.count <= count { waiter.continuation.resume() }
        waiting.removeAll { $0.count <= count }
        if call.method == .get { return handshake(call.url) }
        return .answered(status: answers.isEmpty ? 200 : answers.removeFirst(), body: "")
    }

    private func handshake(_ url: String) -> WebhookOutcome {
        let challenge = url.split(separator: "hub.challenge=").last?.prefix { $0.isNumber } ?? ""
        return url.contains("hub.verify_token=\(verifyToken)")
            ? .answered(status: 200, body: String(challenge)) : .answered(status: 403, body: "Forbidden")
    }

    func waitForPosts(_ count: Int) async {
        guard posts.count < count else { return }
        await withCheckedContinuation { waiting.append((count, $0)) }
    }
}
