import DeskCore
import DeskServices
import DeskTesting
import Testing

@testable import DeskServer

/// What may be missing, could not be read, or must not be sent yet, over HTTP: for those who administer, and in nobody else's workspace.
struct CareTests {
    @Test func anIncidentStaysListedUntilSomebodyClearsItWithAWord() async throws {
        let scene = try await Scene.open()
        let incident = try await scene.deaf()
        try await scene.test { visitor in
            let owner = visitor.with(token: scene.sur.ownerToken)
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/incidents"
            let listed = try await owner.get(path).body["items"]
            #expect(listed.list.map(\.["id"].text) == [incident.id.text])
            #expect(listed[0]["kind"].text == "deaf" && listed[0]["cleared_at"] == .null)
            for word in ["", "  "] {
                #expect(try await owner.post("\(path)/\(incident.id)/clearing", ["word": word]).code == "invalid_request")
            }
            #expect(try await owner.get(path).body["items"].list.count == 1)
            let cleared = try await owner.post("\(path)/\(incident.id)/clearing", ["word": "Preguntamos por teléfono."])
            #expect(cleared.body["word"].text == "Preguntamos por teléfono.")
            #expect(cleared.body["cleared_by"].text == scene.sur.owner.id.text)
            #expect(try await owner.get(path).body["items"].list.isEmpty)
        }
    }

    @Test func anIncidentIsNotClearedFromAnotherWorkspaceNorByWhoDoesNotAdminister() async throws {
        let scene = try await Scene.open()
        let incident = try await scene.deaf()
        try await scene.test { visitor in
            let clearing = "incidents/\(incident.id)/clearing"
            let stranger = visitor.with(token: scene.norte.ownerToken)
            for workspace in [scene.sur.workspace.id, scene.norte.workspace.id] {
                #expect(try await stranger.post("/api/v1/workspaces/\(workspace)/\(clearing)", ["word": "x"]).status == 404)
            }
            #expect(try await visitor.post("/api/v1/workspaces/\(scene.sur.workspace.id)/\(clearing)", ["word": "x"]).status == 403)
            let found = try await scene.storage.read { try $0.incidents.incident(incident.id)?.clearing }
            #expect(found == nil)
        }
    }

    @Test func whatCouldNotBeReadIsTriedAgainWhenAskedFor() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            _ = try await visitor.deliver(WebhookTests.unreadable[1].body)
            let event = try await scene.onlyQuarantined()
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/raw-events/\(event)/retry"
            let owner = visitor.with(token: scene.sur.ownerToken)
            let answer = try await owner.post(path)
            #expect((answer.status, answer.body["outcome"].text) == (200, "quarantined"))
            #expect(answer.body["event_id"].text == event.text)
            #expect(try await visitor.post(path).status == 403)
            #expect(try await visitor.with(token: scene.norte.ownerToken).post(path).status == 404)
            let foreign = "/api/v1/workspaces/\(scene.norte.workspace.id)/raw-events/\(event)/retry"
            #expect(try await visitor.with(token: scene.norte.ownerToken).post(foreign).status == 404)
        }
    }

    @Test func aDeskOnHoldSaysSoUntilItIsReleased() async throws {
        let scene = try await Scene.open()
        let since = scene.time.now()
        let hold = DeliveryHold(workspace: scene.sur.workspace.id, since: since, backupAt: since - .hours(5))
        try await scene.storage.write { try $0.operations.insert(hold) }
        try await scene.test { visitor in
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/delivery"
            let held = try await visitor.get(path).body
            #expect(held["on_hold"] == .bool(true))
            #expect(held["backup_at"].text == (since - .hours(5)).timestamp)
            #expect(try await visitor.post("\(path)/release").status == 403)
            #expect(try await visitor.get(path).body["on_hold"] == .bool(true))
            let released = try await visitor.with(token: scene.sur.ownerToken).post("\(path)/release")
            #expect((released.status, released.body["on_hold"]) == (200, .bool(false)))
            #expect(try await visitor.get(path).body["held_since"] == .null)
        }
    }
}

extension Scene {
    /// An inbox of `sur` that may have missed something.
    fileprivate func deaf() async throws -> Incident {
        let now = time.now()
        let incident = Incident(
            id: Incident.ID("incident-1"), workspace: sur.workspace.id, inbox: sur.inbox.id, kind: .deaf, beganAt: now - .hours(200),
            endedAt: now, noticedAt: now)
        try await storage.write { _ = try $0.incidents.insert(incident) }
        return incident
    }

    fileprivate func onlyQuarantined() async throws -> RawEvent.ID {
        let events = try await storage.read { try $0.rawEvents.quarantined(of: sur.inbox) }
        return try #require(events.first?.id)
    }
}
