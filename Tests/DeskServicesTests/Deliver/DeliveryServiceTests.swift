import DeskCore
import DeskTesting
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import DeskServices

/// The worker that runs as long as the program.
@Suite(.timeLimit(.minutes(10)))
struct DeliveryServiceTests {
    @Test func wakesForANewReplyAndForTheEndOfItsHold() async throws {
        let desk = try await Desk.open()
        try await desk.running { doorbell in
            try await desk.writes(id: "wamid.1")
            let reply = try await desk.reply()
            doorbell.ring()
            await desk.letOthersRun { desk.time.waitingCount > 0 }
            #expect(desk.channels.sent.isEmpty)

            desk.time.advance(by: desk.undoTime)
            try await desk.wait { try await desk.delivery(of: reply) == .accepted }
        }
        #expect(desk.channels.sent.count == 1)
    }

    @Test(arguments: [Duration.seconds(3_600), .seconds(86_400 * 30)])
    func aClockThatIsSetBackHoldsNothingLongerThanItsUndoTime(jump: Duration) async throws {
        let desk = try await Desk.open()
        let delivery = DeliverReplies(desk.context, doorbell: Doorbell())
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        _ = try await delivery.round { _ in }

        desk.time.set(desk.now - jump)
        #expect(try await delivery.round { _ in } == desk.now + desk.undoTime)
        #expect(try await desk.delivery(of: reply) == .held)
        desk.time.advance(by: desk.undoTime)
        await delivery.deliverDue()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func beginsWithWhatWasInterruptedBefore() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)
        _ = await desk.claim(DeliverReplies(desk.context, doorbell: Doorbell()))

        try await desk.running { _ in
            try await desk.wait { try await desk.delivery(of: reply)?.name == "unknown" }
        }
        #expect(desk.channels.sent.isEmpty)
    }

    @Test func aCallUnderWayIsFinishedBeforeTheProgramStops() async throws {
        let (desk, called, released) = try await Desk.openWithAPausingProvider()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)

        try await desk.running { _ in
            await called.heard()
        } whileStopping: {
            released.ring()
        }

        #expect(try await desk.delivery(of: reply) == .accepted)
    }

    @Test func whatTheProviderTookWhileTheProgramWasBrokenOffIsNotForgotten() async throws {
        let (desk, called, _) = try await Desk.openWithAPausingProvider(evenWhenCancelled: true)
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)

        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await DeliverReplies(desk.context, doorbell: Doorbell()).run() }
            await called.heard()
            group.cancelAll()
        }

        #expect(desk.channels.sent.count == 1)
        #expect(try await desk.delivery(of: reply) == .accepted)
    }

    @Test func aSlowConversationDelaysNoOther() async throws {
        var desk = try await Desk.open()
        let released = Doorbell()
        desk.gateway = InterceptedChannels(desk.channels) { message in
            if message.text == "despacio" { await released.heard() }
        }
        let settled = desk
        try await settled.writes(id: "wamid.1")
        try await settled.writes(id: "wamid.2", from: .bruno)
        let slow = try await settled.reply("despacio")
        let quick = try await settled.reply("deprisa", to: .bruno)
        settled.time.advance(by: settled.undoTime)

        try await settled.running { _ in
            try await settled.wait { try await settled.delivery(of: quick) == .accepted }
            #expect(try await settled.delivery(of: slow) == .sending)
            released.ring()
            try await settled.wait { try await settled.delivery(of: slow) == .accepted }
        }
    }

    @Test func anInboxWhoseProviderHangsDelaysNoOtherInbox() async throws {
        var desk = try await Desk.open()
        let quickInbox = try await desk.secondInbox()
        let gate = Gate()
        desk.gateway = InterceptedChannels(desk.channels) { message in
            if message.text == "despacio" { await gate.opened() }
        }
        let settled = desk
        var slow: [Message] = []
        for number in 1...70 {
            let contact = Correspondent(identities: [ProviderIdentity(.phone, "54911\(number)")], name: "\(number)")
            try await settled.writes(id: "wamid.\(number)", from: contact)
            slow.append(try await settled.reply("despacio", to: contact))
        }
        let event = ChannelEvent.message("¿Y yo?", id: "wamid.b", from: .bruno, at: settled.now)
        try await settled.receive(event, body: "b", on: quickInbox)
        let quick = try await settled.reply("deprisa", to: .bruno, on: quickInbox)
        settled.time.advance(by: settled.undoTime)

        try await settled.running { [slow] _ in
            try await settled.wait { try await settled.delivery(of: quick) == .accepted }
            var calling = 0
            for message in slow where try await settled.delivery(of: message) == .sending { calling += 1 }
            #expect(calling == 16)
            gate.open()
            for message in slow { try await settled.wait { try await settled.delivery(of: message) == .accepted } }
        }
    }
}

extension Desk {
    /// Another number of the same workspace.
    fileprivate func secondInbox() async throws -> Inbox {
        let inbox = sample.build.inbox(in: workspace, name: "Segundo", account: "15550009999")
        let now = now
        try await write { try $0.inboxes.insert(inbox, settings: [:], secrets: [:], at: now) }
        return inbox
    }

    /// A desk whose provider rings when it is called, and waits for a ring before it takes the message.
    /// - Parameter evenWhenCancelled: whether it takes the message also where the caller gave up.
    fileprivate static func openWithAPausingProvider(
        evenWhenCancelled: Bool = false
    ) async throws -> (desk: Desk, called: Doorbell, released: Doorbell) {
        var desk = try await Desk.open()
        let (called, released) = (Doorbell(), Doorbell())
        desk.gateway = InterceptedChannels(desk.channels) { _ in
            called.ring()
            await released.heard()
            if !evenWhenCancelled { #expect(!Task.isCancelled) }
        }
        return (desk, called, released)
    }

    /// Runs the delivery worker while something happens, and stops it as the program is stopped.
    fileprivate func running(
        _ body: @Sendable (Doorbell) async throws -> Void, whileStopping: @Sendable () -> Void = {}
    ) async throws {
        let doorbell = Doorbell()
        let group = ServiceGroup(
            services: [DeliverReplies(context, doorbell: doorbell)], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body(doorbell)
            await group.triggerGracefulShutdown()
            whileStopping()
            try await tasks.waitForAll()
        }
    }
}

/// Holds everybody back until it is opened.
private final class Gate: Sendable {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]?>([])

    func opened() async {
        await withCheckedContinuation { continuation in
            let isOpen = waiting.withLock { waiting in
                waiting?.append(continuation)
                return waiting == nil
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let held = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for continuation in held { continuation.resume() }
    }
}
