import DeskCore
import Logging
import Testing

@testable import ProviderSimulators

@Suite struct DemoContactsServiceTests {
    private static var settings: DemoContactsSettings {
        var settings = DemoContactsSettings()
        settings.count = 2
        settings.waitingAtStart = 2
        settings.answerAfter = .zero ... .zero
        return settings
    }

    /// Plays the demo to `desk`, to which the webhook leads only once `body` connects it.
    private func play(to desk: ScriptedDesk, _ body: (MetaSimulator) async throws -> Void) async throws {
        var behaviour = MetaBehaviour()
        behaviour.statuses = .manual
        let simulator = MetaSimulator(world: MetaWorld(account: Samples.account, behaviour: behaviour, seed: 1)) { Samples.noon }
        await simulator.call(through: desk)
        let service = DemoContactsService(
            simulator: simulator, settings: Self.settings, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await simulator.deliver() }
            group.addTask { try await service.run() }
            try await body(simulator)
            group.cancelAll()
        }
    }

    @Test func writesNothingBeforeSomebodyListens() async throws {
        let desk = ScriptedDesk()
        try await play(to: desk) { simulator in
            #expect(await simulator.contacts().isEmpty)
            #expect(await simulator.connectWebhook("http://desk.example/hook").isAccepted)
            await desk.waitForPosts(2)
        }
        #expect(await desk.posts.count >= 2)
    }

    @Test func contactsAnswerWhenTheyAreAnswered() async throws {
        var script = DemoPlay(settings: Self.settings)
        let prologue = script.prologue(at: Samples.noon).count
        let line = try #require(script.answer(of: 0)?.message.content)
        let desk = ScriptedDesk()
        try await play(to: desk) { simulator in
            _ = await simulator.connectWebhook("http://desk.example/hook")
            await desk.waitForPosts(prologue)
            let phone = try #require(await simulator.contacts().first?.phone)
            _ = await simulator.answer(
                GraphRequest(.sendMessage(from: "1000"), authorization: "Bearer token", body: Samples.text(to: phone)))
            await desk.waitForPosts(prologue + 1)
        }
        let last = try JSONValue(parsing: try #require(await desk.posts.last).body)
        let message = last["entry"]?.array?.first?["changes"]?.array?.first?["value"]?["messages"]?.array?.first
        #expect(message?["text"]?["body"]?.string.map(ContactMessage.Content.text) == line)
    }
}
