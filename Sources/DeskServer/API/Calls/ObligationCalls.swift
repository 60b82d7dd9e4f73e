import DeskCore
import DeskServices
import Hummingbird

/// When answers are due, and what was promised.
struct ObligationCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/api/v1/commitments/:commitment/settlement") { try await settle($0, $1) }
        router.get("/api/v1/workspaces/:workspace/answer-policy") { try await policy($0, $1) }
        router.put("/api/v1/workspaces/:workspace/answer-policy") { try await setPolicy($0, $1) }
    }

    private func settle(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        let id = try context.identifier("commitment", of: Commitment.self)
        let commitment = try await parts.storage.read { try $0.commitments.commitment(id) }
        guard let commitment else { throw DeskError.nothingThere }
        try await caller.requireReach(of: commitment.conversation, in: parts.storage)
        let body = try await JSONBody.read(SettlementBody.self, from: request)
        try await SettleCommitment(parts.context).settle(id, reason: body.reason, by: caller.user.id)
        return try await ConversationBodies(parts).answer(commitment.conversation, to: caller)
    }

    private func policy(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        return try await answer(try context.identifier("workspace", of: Workspace.self), to: caller)
    }

    private func setPolicy(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        let workspace = try context.identifier("workspace", of: Workspace.self)
        try await parts.storage.read { try caller.require(.administer, in: workspace, $0) }
        let policy = try await JSONBody.read(AnswerPolicy.self, from: request)
        try await SetAnswerPolicy(parts.context).set(policy, of: workspace, by: caller.user.id)
        return try await answer(workspace, to: caller)
    }

    private func answer(_ id: Workspace.ID, to caller: Caller) async throws -> Response {
        let workspace = try await parts.storage.read { session in
            try caller.require(.read, in: id, session)
            return try session.workspaces.workspace(id)
        }
        guard let workspace else { throw DeskError.nothingThere }
        return try APIAnswer.json(workspace.answerPolicy)
    }
}

private struct SettlementBody: Decodable {
    let reason: String
}
