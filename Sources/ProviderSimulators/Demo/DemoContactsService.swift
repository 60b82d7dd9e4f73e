package import Logging
import ServiceLifecycle

/// Plays the demo: contacts who go on writing, and answer when they are answered.
package struct DemoContactsService: Service {
    private let simulator: MetaSimulator
    private let settings: DemoContactsSettings
    private let logger: Logger

    package init(simulator: MetaSimulator, settings: DemoContactsSettings = DemoContactsSettings(), logger: Logger) {
        self.simulator = simulator
        self.settings = settings
        self.logger = logger
    }

    /// Waits for the webhook, adds the cast, lets the first of them write, and plays on until cancelled or shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await simulator.waitForWebhook() }
        guard await simulator.hasWebhook else { return }
        let receipts = await simulator.acceptedReceipts()
        let stage = try await DemoStage(settings: settings, simulator: simulator)
        logger.notice("Invented contacts write to the simulator.", metadata: ["contacts": "\(stage.contactIDs.count)"])
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await stage.play() }
                for await receipt in receipts {
                    group.addTask { await stage.answer(receipt) }
                }
                group.cancelAll()
            }
        }
    }
}

/// The cast on stage.
private actor DemoStage {
    nonisolated let contactIDs: [String]
    private let simulator: MetaSimulator
    private var play: DemoPlay

    init(settings: DemoContactsSettings, simulator: MetaSimulator) async throws {
        let play = DemoPlay(settings: settings)
        var contactIDs: [String] = []
        for person in play.people { contactIDs.append(try await simulator.addContact(person).id) }
        self.simulator = simulator
        self.contactIDs = contactIDs
        self.play = play
    }

    /// The prologue, and then one story after the other.
    func play() async {
        await perform(play.prologue(at: await simulator.now))
        while !Task.isCancelled {
            let acts = play.next()
            if acts.isEmpty { try? await Task.sleep(for: play.idlePause()) }
            await perform(acts)
        }
    }

    func answer(_ receipt: Receipt) async {
        guard receipt.reachedContact, receipt.kind != "reaction",
            let person = contactIDs.firstIndex(where: { $0 == receipt.contactID }), let act = play.answer(of: person)
        else { return }
        await perform([act])
    }

    private func perform(_ acts: [DemoPlay.Act]) async {
        for act in acts {
            do {
                try await Task.sleep(for: act.pause)
                _ = try await simulator.write(act.message, by: contactIDs[act.person])
            } catch {
                return
            }
        }
    }
}
