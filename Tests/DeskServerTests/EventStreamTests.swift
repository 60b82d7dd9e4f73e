import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import Synchronization
import Testing

@testable import DeskServer

@Suite(.timeLimit(.minutes(5))) struct EventStreamTests {
    @Test func aStreamTellsWhatWasMissedThenWhatHappensWithoutAGap() async throws {
        let scene = try await Scene.open()
        for number in 1...3 { try await scene.receive("\(number)", id: "early.\(number)") }
        try await scene.test { visitor in
            let stream = try await scene.stream(visitor, after: "1") {
                for number in 1...200 { try await visitor.receive("\(number)", id: "late.\(number)") }
            }
            let stored = try await scene.storage.read { try $0.events.events(after: 1, limit: 1_000) }
            #expect(stream.numbers == stored.map(\.sequence))
            #expect(stream.numbers.count == 202)
        }
    }

    @Test func whatWasMissedIsToldEvenWhenNothingElseHappens() async throws {
        let scene = try await Scene.open()
        for number in 1...3 { try await scene.receive("\(number)", id: "early.\(number)") }
        try await scene.test { visitor in
            let stream = try await scene.stream(visitor, after: "1") {}
            #expect(stream.numbers == [2, 3])
        }
    }

    @Test func eachEventSaysWhatChangedAndNotWhatItHolds() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let stream = try await scene.stream(visitor) { try await visitor.receive("un secreto", id: "wamid.1") }
            let conversation = try await visitor.firstConversation()
            let event = try #require(stream.events.first)
            #expect(event.name == "message.received")
            #expect(event.data["conversation_id"] == conversation["id"])
            #expect(event.data["workspace_id"].text == scene.sur.workspace.id.text)
            #expect(event.data["id"].text == "1")
            #expect(!stream.text.contains("secreto"))
        }
    }

    @Test func aReplyIsFollowedFromHeldToAccepted() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let stream = try await scene.stream(visitor) {
                _ = try await visitor.reply("Buenas", to: conversation, key: "one")
                try await scene.deliver()
            }
            #expect(stream.events.map(\.name) == ["message.sent", "message.changed", "message.changed"])
        }
    }

    @Test func whatHappensElsewhereIsNotTold() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let stream = try await scene.stream(visitor) {
                try await visitor.receive("Hola", id: "wamid.1", in: scene.norte)
                try await visitor.receive("Hola", id: "wamid.2")
            }
            #expect(stream.events.map(\.data["workspace_id"].text) == [scene.sur.workspace.id.text])
        }
    }

    @Test(arguments: ["nonsense", "-1", "999", "1"])
    func whoAsksForWhatIsNotKeptIsToldToReadAnew(_ lastEventID: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            for number in 1...3 { try await visitor.receive("\(number)", id: "early.\(number)") }
            let keptFrom = scene.time.now() + .minutes(1)
            scene.time.set(keptFrom)
            for number in 4...5 { try await visitor.receive("\(number)", id: "kept.\(number)") }
            try await scene.storage.write { try $0.events.prune(before: keptFrom) }
            let stream = try await scene.stream(visitor, after: lastEventID) {
                try await visitor.receive("6", id: "live.6")
            }
            #expect(stream.events.map(\.name) == ["reset", "message.received"])
            #expect(stream.numbers == [5, 6])
        }
    }

    @Test func aNewStreamSaysWhereItBegins() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            for number in 1...3 { try await visitor.receive("\(number)", id: "early.\(number)") }
            let stream = try await scene.stream(visitor) {}
            #expect(stream.events.isEmpty)
            #expect(stream.text.hasPrefix("retry: 1000\nid: 3\n\n"))
            #expect(stream.headers[.contentType] == "text/event-stream")
            #expect(stream.headers[.cacheControl] == "no-store")
        }
    }

    @Test func aQuietStreamGivesASignOfLife() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let stream = try await scene.stream(visitor) { await scene.beat(EventHub.heartbeatSeconds * 2) }
            #expect(stream.text.split(separator: "\n").filter { $0.hasPrefix(":") }.count == 2)
        }
    }

    enum Farewell: CaseIterable { case revoked, signedOut, tokenExpired }

    @Test(arguments: Farewell.allCases)
    func aStreamEndsWithinTwoSecondsWhenItsViewerMayNoLongerSee(_ farewell: Farewell) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let (cookie, _) = try await scene.session(of: scene.assistant)
            let token = try await scene.token(of: scene.assistant, limitedTo: nil)
            let headers: HTTPFields = farewell == .signedOut ? [.cookie: "__Host-contesta=\(cookie)"] : [.authorization: "Bearer \(token)"]
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await visitor.get("/api/v1/events", headers: headers) }
                await eventually { scene.parts.hub.listenerCount == 1 }
                switch farewell {
                case .revoked: try await scene.revoke(scene.assistant, in: scene.sur)
                case .signedOut: try await Sessions(scene.context).end(cookie)
                case .tokenExpired: scene.time.advance(by: .hours(2))
                }
                await scene.beat(2)
                try await group.waitForAll()
            }
            #expect(scene.parts.hub.listenerCount == 0)
        }
    }

    @Test func streamsEndWhenTheServerStops() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await withThrowingTaskGroup(of: Visitor.Answer.self) { group in
                for _ in 1...20 { group.addTask { try await visitor.get("/api/v1/events") } }
                await eventually { scene.parts.hub.listenerCount == 20 }
                scene.parts.hub.close()
                for try await answer in group { #expect(answer.status == 200) }
            }
        }
    }

    @Test func theWindowKnowsWhatItHasForgotten() {
        var window = EventWindow(capacity: 4)
        #expect(window.after(0) == .complete([]))
        for sequence in 5...7 { window.append(.sample(Int64(sequence))) }
        #expect(window.after(3) == .forgotten)
        #expect(window.after(4) == .complete([.sample(5), .sample(6), .sample(7)]))
        #expect(window.after(6) == .complete([.sample(7)]))
        #expect(window.after(9) == .complete([]))
        window.append(.sample(9))
        #expect(window.after(7) == .forgotten)
        #expect(window.after(8) == .complete([.sample(9)]))
        for sequence in 10...20 { window.append(.sample(Int64(sequence))) }
        #expect(window.after(19) == .complete([.sample(20)]))
        #expect(window.after(9) == .forgotten)
    }

    @Test func blocksAreWrittenAsTheStandardSays() {
        let block = ServerSentEvent(id: 7, name: "reset", data: "one\ntwo\r\nthree", comment: "hi")
        #expect(block.text == ": hi\nid: 7\nevent: reset\ndata: one\ndata: two\ndata: three\n\n")
        #expect(ServerSentEvent(data: "a\u{2028}b").text == "data: a\u{2028}b\n\n")
    }
}

extension DeskEvent {
    static func sample(_ sequence: Int64) -> DeskEvent {
        DeskEvent(
            sequence: sequence, workspace: Workspace.ID("w"), kind: .messageReceived, conversation: Conversation.ID("c"),
            at: Instant(microseconds: sequence))
    }
}

/// Waits until something has come true.
func eventually(_ condition: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async {
    let start = ContinuousClock.now
    while !condition() {
        guard ContinuousClock.now - start < .seconds(30) else {
            Issue.record("It did not come true.", sourceLocation: sourceLocation)
            return
        }
        await Task.yield()
    }
}
