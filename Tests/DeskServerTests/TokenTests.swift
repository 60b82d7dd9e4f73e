import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import Testing

@testable import DeskServer

/// The tokens of programs: seen by whom they act for and by the principal, and ended at once.
@Suite struct TokenTests {
    @Test func oneSeesOnesOwnTokensAndEndsThem() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let second = try await scene.token(of: scene.assistant, limitedTo: scene.sur.workspace.id)
            let items = try await visitor.get("/api/v1/tokens").body["items"].list
            #expect(items.map { $0["workspace_id"].text }.sorted() == ["", scene.sur.workspace.id.text])
            #expect(items.allSatisfy { $0["user_id"].text == scene.assistant.id.text })

            let limited = try #require(items.first { $0["workspace_id"] != .null })
            #expect(try await visitor.delete("/api/v1/tokens/\(limited["id"].text)").status == 204)
            #expect(try await visitor.with(token: second).get("/api/v1/me").status == 401)
            #expect(try await visitor.get("/api/v1/me").status == 200)
            #expect(try await visitor.delete("/api/v1/tokens/\(limited["id"].text)").status == 404)
        }
    }

    @Test func aTokenMayEndItself() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let own = try await visitor.get("/api/v1/tokens").body["items"][0]["id"].text
            #expect(try await visitor.delete("/api/v1/tokens/\(own)").status == 204)
            #expect(try await visitor.get("/api/v1/tokens").status == 401)
        }
    }

    @Test func aLimitedTokenKnowsOfNoOthers() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let everywhere = try await visitor.get("/api/v1/tokens").body["items"][0]["id"].text
            let limited = visitor.with(token: try await scene.token(of: scene.assistant, limitedTo: scene.sur.workspace.id))
            #expect(try await limited.get("/api/v1/tokens").body["items"].list.map { $0["id"].text } != [everywhere])
            #expect(try await limited.get("/api/v1/tokens").body["items"].list.count == 1)
            #expect(try await limited.delete("/api/v1/tokens/\(everywhere)").status == 404)
            #expect(try await visitor.get("/api/v1/me").status == 200)
        }
    }

    @Test func nobodySeesOrEndsAnothersToken() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let other = visitor.with(token: scene.sur.ownerToken)
            let theirs = try await other.get("/api/v1/tokens").body["items"][0]["id"].text
            #expect(try await visitor.delete("/api/v1/tokens/\(theirs)").status == 404)
            #expect(try await other.get("/api/v1/me").status == 200)
        }
    }

    @Test func thePrincipalEndsAMembersTokenAndItIsInTheLedger() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let owner = visitor.with(token: scene.sur.ownerToken)
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/tokens"
            let items = try await owner.get(path).body["items"].list
            #expect(
                Set(items.map { $0["user_id"].text }) == [scene.sur.owner.id.text, scene.assistant.id.text, scene.newcomer.id.text])
            let id = try #require(items.first { $0["user_id"].text == scene.assistant.id.text })["id"].text
            #expect(try await visitor.with(token: scene.norte.ownerToken).delete("\(path)/\(id)").status == 404)
            #expect(try await visitor.delete("\(path)/\(id)").status == 403)
            #expect(try await visitor.get("/api/v1/me").status == 200)
            #expect(try await owner.delete("\(path)/\(id)").status == 204)
            #expect(try await visitor.get("/api/v1/me").status == 401)
            let entry = try await scene.storage.read {
                try $0.ledger.entries(about: scene.assistant.id.text, in: scene.sur.workspace.id).last
            }
            #expect(entry?.kind == .tokenRevoked)
            #expect(entry?.details == ["by": scene.sur.owner.id.text, "token": id])
        }
    }

    /// A workspace's tokens are those that reach it: not those that are limited to another.
    @Test func tokensForAnotherDeskAreNotThePrincipalsBusiness() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            _ = try await scene.token(of: scene.assistant, limitedTo: scene.norte.workspace.id)
            let owner = visitor.with(token: scene.sur.ownerToken)
            let items = try await owner.get("/api/v1/workspaces/\(scene.sur.workspace.id)/tokens").body["items"].list
            #expect(items.allSatisfy { $0["workspace_id"].text != scene.norte.workspace.id.text })
        }
    }
}
