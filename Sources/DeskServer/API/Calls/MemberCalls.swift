import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// Who belongs to a workspace, and what each of them may see and do: for the principal.
struct MemberCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/workspaces/:workspace/members") { try await members($0, $1) }
        router.put("/api/v1/workspaces/:workspace/members/:member") { try await setPlace($0, $1) }
        router.delete("/api/v1/workspaces/:workspace/members/:member") { try await revoke($0, $1) }
        router.post("/api/v1/workspaces/:workspace/invitations") { try await invite($0, $1) }
    }

    private var governing: GovernMembers { GovernMembers(parts.context) }

    private func members(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try reach(try Caller(context), context)
        let members = try await governing.members(of: workspace, for: caller.user.id)
        return try APIAnswer.json(ListBody(members.map { MemberBody($0.user, $0.membership) }))
    }

    private func setPlace(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try reach(try Caller(changingBy: request, context), context)
        try caller.requireFresh()
        let member = try context.identifier("member", of: User.self)
        try await parts.storage.read { try caller.require(.govern, in: workspace, $0) }
        let body = try await JSONBody.read(PlaceBody.self, from: request)
        let role = try Role(named: body.role)
        let membership = try await governing.set(role, try body.grant?.grant(), of: member, in: workspace, by: caller.user.id)
        return try await answer(membership)
    }

    private func revoke(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try reach(try Caller(changingBy: request, context), context)
        try caller.requireFresh()
        let member = try context.identifier("member", of: User.self)
        return try await answer(try await governing.revoke(member, in: workspace, by: caller.user.id))
    }

    private func invite(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try reach(try Caller(changingBy: request, context), context)
        try caller.requireFresh()
        try await parts.storage.read { try caller.require(.govern, in: workspace, $0) }
        let body = try await JSONBody.read(InvitationBody.self, from: request)
        let token = try await InviteMember(parts.context, passwords: parts.passwords).invite(
            email: body.email, to: workspace, as: try Role(named: body.role), with: try body.grant?.grant(), by: caller.user.id)
        let link = "\(parts.settings.publicURL)/invitations/\(token.text.exposed())"
        let expiry = parts.now + InviteMember.validity
        return try APIAnswer.json(LinkBody(link: link, expiresAt: expiry.timestamp), status: .created)
    }

    private func answer(_ membership: Membership) async throws -> Response {
        let user = try await parts.storage.read { try $0.people.user(membership.user) }
        guard let user else { throw DeskError.nothingThere }
        return try APIAnswer.json(MemberBody(user, membership))
    }

    private func reach(_ caller: Caller, _ context: DeskRequestContext) throws -> (Caller, Workspace.ID) {
        let workspace = try context.identifier("workspace", of: Workspace.self)
        guard caller.reaches(workspace) else { throw DeskError.nothingThere }
        return (caller, workspace)
    }
}

extension Role {
    /// - Throws: `invalid_request` for a word that is no role, or not one to be given.
    init(named name: String) throws(DeskError) {
        guard let role = Role(rawValue: name), role != .principal else {
            let words = Role.allCases.filter { $0 != .principal }.map(\.rawValue).joined(separator: ", ")
            throw DeskError(.invalidRequest, message: "“role” is one of: \(words). Nothing was changed.")
        }
        self = role
    }
}

/// What a member may see and do, as programs say it; times as in RFC 3339.
struct GrantBody: Codable, Sendable {
    let actions: [String]
    let inboxes: [String]?
    let topics: [String]?
    let contactClasses: [String]
    let ownOnly: Bool
    let endsAt: String?

    enum CodingKeys: String, CodingKey {
        case actions, inboxes, topics
        case contactClasses = "contact_classes"
        case ownOnly = "own_only"
        case endsAt = "ends_at"
    }

    init(_ grant: Grant) {
        actions = grant.actions.map(\.rawValue).sorted()
        inboxes = grant.inboxes.map { $0.map(\.text).sorted() }
        topics = grant.topics.map { $0.map(\.rawValue).sorted() }
        contactClasses = grant.contactClasses.map(\.rawValue).sorted()
        ownOnly = grant.isLimitedToOwn
        endsAt = grant.endsAt?.timestamp
    }

    /// Nothing is left out: what is null says “every”.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(actions, forKey: .actions)
        try container.encode(inboxes, forKey: .inboxes)
        try container.encode(topics, forKey: .topics)
        try container.encode(contactClasses, forKey: .contactClasses)
        try container.encode(ownOnly, forKey: .ownOnly)
        try container.encode(endsAt, forKey: .endsAt)
    }

    /// - Throws: `invalid_request`, which names the word that nobody knows.
    func grant() throws(DeskError) -> Grant {
        Grant(
            actions: Set(try Self.words(actions, "actions")), inboxes: inboxes.map { Set($0.map { Inbox.ID($0) }) },
            topics: try topics.map { topics throws(DeskError) in Set(try Self.words(topics, "topics")) },
            contactClasses: Set(try Self.words(contactClasses, "contact_classes")), isLimitedToOwn: ownOnly,
            endsAt: try endsAt.map { text throws(DeskError) in
                guard let instant = Instant(timestamp: text) else { throw Self.unknown(text, "ends_at") }
                return instant
            })
    }

    private static func words<Word: RawRepresentable<String>>(_ words: [String], _ field: String) throws(DeskError) -> [Word] {
        try words.map { text throws(DeskError) in
            guard let word = Word(rawValue: text) else { throw unknown(text, field) }
            return word
        }
    }

    private static func unknown(_ word: String, _ field: String) -> DeskError {
        DeskError(.invalidRequest, message: "“\(field)” can't say “\(word.prefix(60))”. Nothing was changed.")
    }
}

private struct PlaceBody: Decodable {
    let role: String
    let grant: GrantBody?
}

private struct InvitationBody: Decodable {
    let email: String
    let role: String
    let grant: GrantBody?
}

private struct LinkBody: Encodable {
    let link: String
    let expiresAt: String
}

private struct MemberBody: Encodable, Sendable {
    let id: User.ID
    let name: String
    let email: String
    let role: Role
    /// What was granted beyond or short of the role.
    @OrNull var customGrant: GrantBody?
    let grant: GrantBody
    @OrNull var signedVersion: Int?
    @OrNull var revokedAt: String?

    init(_ user: User, _ membership: Membership) {
        id = user.id
        name = user.name
        email = user.email
        role = membership.role
        customGrant = membership.customGrant.map(GrantBody.init)
        grant = GrantBody(membership.grant)
        signedVersion = membership.signedAgreement
        revokedAt = membership.revokedAt?.timestamp
    }
}
