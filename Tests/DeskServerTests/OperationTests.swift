import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import Testing

@testable import DeskServer

@Suite struct OperationTests {
    @Test(arguments: ["/healthz", "/readyz"])
    func aHealthyServerSaysSo(_ path: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.with(token: nil).get(path)
            #expect(answer.status == 200)
        }
    }

    @Test func countersCountWhatHappened() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            try await visitor.receive("Hola", id: "wamid.1")
            try await visitor.receive("Hola", id: "wamid.2", in: scene.norte)
            _ = try await visitor.deliver(Array("{".utf8))
            _ = try await visitor.deliver(Array("{}".utf8), unsigned: true)
            let metrics = try await visitor.with(token: nil).get("/metrics")
            #expect(metrics.status == 200)
            #expect(metrics.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                #"contesta_webhooks_total{outcome="stored"} 2"#, #"contesta_webhooks_total{outcome="repeated"} 1"#,
                #"contesta_webhooks_total{outcome="quarantined"} 1"#, #"contesta_webhooks_total{outcome="refused_signature"} 1"#,
                "contesta_messages_received_total 2", "contesta_owed_conversations 2", "contesta_quarantined_events 1",
                "contesta_event_streams 0",
            ] {
                #expect(metrics.text.contains(line + "\n"), "\(line)")
            }
            #expect(metrics.text.contains("process_resident_memory_bytes "))
        }
    }

    @Test func meteredPartsTellWhatTheyDid() async throws {
        let metrics = Metrics(startedAt: Instant(microseconds: 0))
        let scene = try await Scene.open()
        let storage = MeteredStorage(scene.storage, metrics: metrics)
        let channels = MeteredChannels(scene.channels, metrics: metrics)
        try await storage.write { _ in }
        scene.storage.refuse(writes: 1)
        await #expect(throws: DeskError.self) { try await storage.write { _ in } }
        let inbox = scene.sur.inbox.id
        let connection = try #require(try await scene.storage.read { try $0.inboxes.connection(of: inbox) })
        let message = OutboundMessage(attempt: "a", recipient: ProviderIdentity(.phone, "34600111222"), text: "Hola")
        scene.channels.script(.rejected(DeliveryFailure(.rate, code: "130429", text: "Too fast")))
        _ = await channels.send(message, through: connection)
        _ = await channels.send(message, through: connection)
        #expect(metrics.sends.value([("channel", "whatsapp"), ("outcome", "rejected_rate")]) == 1)
        #expect(metrics.sends.value([("channel", "whatsapp"), ("outcome", "accepted")]) == 1)
        #expect(metrics.commitFailures.value() == 1)
        #expect(metrics.exposition.contains("contesta_store_commit_seconds_count 1\n"))
    }

    @Test func bucketsAddUp() {
        let histogram = Histogram("h", "A histogram.", bounds: [0.01, 0.1])
        for milliseconds in [5, 50, 500] { histogram.observe(.milliseconds(milliseconds)) }
        #expect(histogram.exposition.contains("h_bucket{le=\"0.01\"} 1\nh_bucket{le=\"0.1\"} 2\nh_bucket{le=\"+Inf\"} 3\n"))
        #expect(Exposition.labels([("a", "x\"y\\z\n")]) == #"{a="x\"y\\z\n"}"#)
    }

    @Test func theSecurityContactIsAsTheStandardWants() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.with(token: nil).get("/.well-known/security.txt")
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            let lines = answer.text.split(separator: "\n")
            #expect(lines.contains("Contact: https://desk.example/help"))
            let expires = try #require(lines.first { $0.hasPrefix("Expires: ") }.flatMap { Instant(timestamp: String($0.dropFirst(9))) })
            #expect(expires > scene.time.now() && expires < scene.time.now() + .hours(24 * 365))
        }
    }

    @Test(arguments: ["/api/v1/nothing", "/api/v2/me", "/api/"])
    func whatIsNotThereIsAProblemDocument(_ path: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.get(path)
            #expect(answer.status == 404)
            #expect(answer.code == "not_found")
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }
}
