import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct DeliveryTests {
    /// Runs `body` while the simulator delivers to `desk`.
    private func withSimulator(
        desk: ScriptedDesk, _ body: (MetaSimulator, MetaContact) async throws -> Void
    ) async throws {
        var (world, ana, _) = try Samples.world { $0.retryBase = .milliseconds(1) }
        _ = world.takeNotices()
        let simulator = MetaSimulator(world: world) { Samples.noon }
        await simulator.call(through: desk)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await simulator.deliver() }
            try await body(simulator, ana)
            group.cancelAll()
        }
    }

    @Test func signsWhatItPosts() async throws {
        let desk = ScriptedDesk()
        try await withSimulator(desk: desk) { simulator, ana in
            _ = try await simulator.write(.text("¿Hola?"), by: ana.id)
            await desk.waitForPosts(1)
        }
        let call = try #require(await desk.posts.first)
        let signature = call.headers.first { $0.name == "X-Hub-Signature-256" }?.value
        #expect(signature == WebhookSignature.header(for: call.body, secret: Secret("app secret")))
        #expect(call.url == "http://desk.example/hook")
    }

    @Test func repeatsAfterATroubledAnswer() async throws {
        let desk = ScriptedDesk(answers: [503, 404])
        try await withSimulator(desk: desk) { simulator, ana in
            _ = try await simulator.write(.text("hola"), by: ana.id)
            await desk.waitForPosts(1)
            await simulator.advance(until: 2, at: desk)
            await simulator.advance(until: 3, at: desk)
        }
        let posts = await desk.posts
        #expect(posts.count == 3)
        #expect(Set(posts.map(\.body)).count == 1)
    }

    @Test func keepsTheOrderOfWriting() async throws {
        let desk = ScriptedDesk()
        try await withSimulator(desk: desk) { simulator, ana in
            for number in 0..<20 { _ = try await simulator.write(.text("\(number)"), by: ana.id) }
            await desk.waitForPosts(20)
        }
        let texts = await desk.posts.map { call in
            String(decoding: call.body, as: UTF8.self).split(separator: #""body":""#)[1].prefix { $0 != "\"" }
        }
        #expect(texts.map(String.init) == (0..<20).map(String.init))
    }

    @Test func postsAForgeryBesideTheTruth() async throws {
        let desk = ScriptedDesk(answers: [401])
        try await withSimulator(desk: desk) { simulator, ana in
            _ = await simulator.inject(Fault(.webhookWrongSignature))
            _ = try await simulator.write(.text("hola"), by: ana.id)
            await desk.waitForPosts(2)
        }
        let signatures = await desk.posts.map { call in call.headers.first { $0.name == "X-Hub-Signature-256" }?.value }
        #expect(Set(signatures).count == 2)
    }

    @Test(arguments: [
        (WebhookOutcome.answered(status: 200, body: ""), true), (.answered(status: 204, body: ""), false), (.failed("cut"), false),
    ])
    func takesOnly200ForAnAnswer(outcome: WebhookOutcome, isAccepted: Bool) {
        #expect(outcome.isAccepted == isAccepted)
    }

    @Test func waitsForReceipts() async throws {
        let (world, ana, _) = try Samples.world()
        let simulator = MetaSimulator(world: world) { Samples.noon }
        async let seen = simulator.receipts(atLeast: 2, within: .seconds(60)) { $0.contactID == ana.id }
        for text in ["uno", "dos"] {
            _ = await simulator.answer(GraphRequest(.sendMessage(from: "1000"), authorization: "Bearer token", body: Samples.text(text)))
        }
        #expect(await seen.map(\.text) == ["uno", "dos"])
        #expect(await simulator.receipts(atLeast: 3, within: .zero) { _ in true }.count == 2)
    }

    @Test func connectsAfterTheHandshakeOnly() async throws {
        let (world, _, _) = try Samples.world()
        let simulator = MetaSimulator(world: world) { Samples.noon }
        await simulator.call(through: ScriptedDesk(verifyToken: "other"))
        #expect(await simulator.connectWebhook("http://new.example/hook").status == 403)
        #expect(await simulator.world.webhook.current == "http://desk.example/hook")
        await simulator.call(through: ScriptedDesk())
        #expect(await simulator.connectWebhook("http://new.example/hook?x=1").isAccepted)
        #expect(await simulator.world.webhook.current == "http://new.example/hook?x=1")
    }

    @Test func overridesTheAddressAsMetaDoes() async throws {
        let (world, _, _) = try Samples.world()
        let simulator = MetaSimulator(world: world) { Samples.noon }
        await simulator.call(through: ScriptedDesk(verifyToken: "mine"))
        func subscribe(_ body: JSONValue) async -> GraphAnswer {
            await simulator.answer(GraphRequest(.subscribe("9000"), authorization: "Bearer token", body: body))
        }
        let wrong = await subscribe(["override_callback_uri": "http://over.example", "verify_token": "yours"])
        #expect(wrong.errorCode == 2_200)
        #expect(await subscribe(["override_callback_uri": "http://over.example", "verify_token": "mine"]).status == 200)
        #expect(await simulator.world.webhook.current == "http://over.example")
        #expect(await subscribe([:]).status == 200)
        #expect(await simulator.world.webhook.current == "http://desk.example/hook")
        _ = await simulator.answer(GraphRequest(.unsubscribe("9000"), authorization: "Bearer token"))
        #expect(await simulator.world.webhook.current == nil)
    }

    @Test func postsRawBytesAsTheyAre() async throws {
        let (world, _, _) = try Samples.world()
        let simulator = MetaSimulator(world: world) { Samples.noon }
        let desk = ScriptedDesk(answers: [401])
        await simulator.call(through: desk)
        #expect(await simulator.postRaw(Array("no json".utf8), signature: "sha256=bad").status == 401)
        #expect(await desk.posts.first?.body == Array("no json".utf8))
    }
}

extension MetaSimulator {
    /// Lets time pass in small steps until the desk has been called that often.
    fileprivate func advance(until count: Int, at desk: ScriptedDesk) async {
        while await desk.posts.count < count {
            advanceClock(by: .milliseconds(1))
            await Task.yield()
        }
    }
}
