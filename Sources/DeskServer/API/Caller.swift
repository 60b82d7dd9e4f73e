import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// Who calls the API, and how far their token reaches: nothing outside it exists for them.
struct Caller: Sendable {
    let user: User
    /// The one workspace that the caller's token is limited to.
    let limit: Workspace.ID?
    let now: Instant
    /// For the reading log.
    let reader: Reader
    /// Whether somebody at a browser proved lately who they are; a program's token is proof enough.
    let isFresh: Bool

    /// For requests that change nothing.
    /// - Throws: `unauthenticated`.
    init(_ context: DeskRequestContext) throws(DeskError) {
        let identity = try context.requireIdentity()
        user = identity.user
        limit = identity.limit
        now = identity.askedAt
        reader = identity.reader(by: .api)
        isFresh = identity.isFresh
    }

    /// For requests that change something. A browser must say its CSRF token; a bearer token can't be sent by another site.
    /// - Throws: `unauthenticated`, `forbidden`.
    init(changingBy request: Request, _ context: DeskRequestContext) throws(DeskError) {
        let identity = try context.requireIdentity()
        if case .browser = identity.proof {
            let token = request.headers[.csrfToken] ?? ""
            guard !context.csrfToken.isEmpty, ConstantTime.areEqual(token, context.csrfToken) else {
                throw DeskError(
                    .forbidden,
                    message: "A request with the session cookie needs the header X-CSRF-Token of that session. Nothing was changed.")
            }
        }
        user = identity.user
        limit = identity.limit
        now = identity.askedAt
        reader = identity.reader(by: .api)
        isFresh = identity.isFresh
    }

    /// Before what decides about people.
    /// - Throws: `confirmation_required`.
    func requireFresh() throws(DeskError) {
        guard isFresh else {
            throw DeskError(
                .confirmationRequired, message: "In a browser this wants the password once more: open /confirm. Nothing was changed.")
        }
    }

    /// Everything that the caller may read.
    /// - Throws: `agreement_required` when that is nothing, only for want of a signature.
    func scope(_ session: any StorageSession) throws -> Scope {
        let scope = try Authorization(session, at: now).scope(of: user.id, limitedTo: limit)
        guard scope.workspaces.isEmpty else { return scope }
        let places = try session.people.memberships(of: user.id).filter { $0.revokedAt == nil && reaches($0.workspace) }
        if let place = places.first { try Authorization(session, at: now).require(.read, in: place.workspace, of: user.id) }
        return scope
    }

    func reaches(_ workspace: Workspace.ID) -> Bool { limit == nil || limit == workspace }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    func require(_ action: Policy.Action, in workspace: Workspace.ID, _ session: any StorageSession) throws {
        guard reaches(workspace) else { throw DeskError.nothingThere }
        try Authorization(session, at: now).require(action, in: workspace, of: user.id)
    }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    func conversation(
        _ id: Conversation.ID, for action: Policy.Action, _ session: any StorageSession
    ) throws -> Conversation {
        guard let conversation = try session.conversations.conversation(id), reaches(conversation.workspace) else {
            throw DeskError.nothingThere
        }
        return try Authorization(session, at: now).conversation(id, for: action, by: user.id)
    }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    func message(
        _ id: Message.ID, for action: Policy.Action, _ session: any StorageSession
    ) throws -> (message: Message, conversation: Conversation) {
        guard let message = try session.messages.message(id) else { throw DeskError.nothingThere }
        return (message, try conversation(message.conversation, for: action, session))
    }

    /// Whether numbers and addresses of a conversation are covered to the caller.
    func isMasked(_ conversation: Conversation, _ session: any StorageSession) throws -> Bool {
        try Authorization(session, at: now).isMasked(conversation, for: user.id)
    }

    /// A message as the caller may see it.
    func answer(_ message: Message, from storage: any Storage, status: HTTPResponse.Status = .ok) async throws -> Response {
        let isMasked = try await storage.read { session in
            try session.conversations.conversation(message.conversation).map { try self.isMasked($0, session) } ?? true
        }
        return try APIAnswer.json(MessageBody(message, isMasked: isMasked), status: status)
    }

    /// For use cases, which know no limited tokens: whether the conversation is within the caller's reach at all. What the caller may
    /// do there is for the use case to decide.
    /// - Throws: `not_found`.
    func requireReach(of conversation: Conversation.ID, in storage: any Storage) async throws {
        guard let limit else { return }
        let workspace = try await storage.read { try $0.conversations.conversation(conversation)?.workspace }
        guard workspace == limit else { throw DeskError.nothingThere }
    }

    /// - Throws: `not_found`.
    func requireReach(of message: Message.ID, in storage: any Storage) async throws {
        guard limit != nil else { return }
        let conversation = try await storage.read { try $0.messages.message(message)?.conversation }
        guard let conversation else { throw DeskError.nothingThere }
        try await requireReach(of: conversation, in: storage)
    }
}
