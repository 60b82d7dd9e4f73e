import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ workspace: Workspace, policy: String?) -> SQLStatement {
        """
        INSERT INTO workspaces (id, name, locale, time_zone, answer_target, answer_policy, created_at)
        VALUES (\(workspace.id), \(workspace.name), \(workspace.locale), \(workspace.timeZone),
                \(workspace.answerTarget.wholeMicroseconds), \(policy), \(workspace.createdAt))
        """
    }

    fileprivate static func setAnswerPolicy(_ policy: String, target: Duration, of workspace: Workspace.ID) -> SQLStatement {
        """
        UPDATE workspaces SET answer_policy = \(policy), answer_target = \(target.wholeMicroseconds) WHERE id = \(workspace)
        """
    }

    fileprivate static let workspaces: SQLStatement =
        "SELECT id, name, locale, time_zone, answer_target, answer_policy, created_at FROM workspaces"

    fileprivate static func workspace(_ id: Workspace.ID) -> SQLStatement {
        "\(workspaces) WHERE id = \(id)"
    }

    fileprivate static func workspace(named name: String) -> SQLStatement {
        "\(workspaces) WHERE name = \(name) ORDER BY created_at LIMIT 1"
    }

    fileprivate static func insert(_ agreement: Agreement, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO agreements (workspace, version, text, digest, created_at)
        VALUES (\(agreement.workspace), \(agreement.version), \(agreement.text), \(agreement.digest), \(instant))
        """
    }

    fileprivate static func agreement(of workspace: Workspace.ID) -> SQLStatement {
        "SELECT version, text, digest FROM agreements WHERE workspace = \(workspace) ORDER BY version DESC LIMIT 1"
    }

    fileprivate static func agreements(of workspace: Workspace.ID) -> SQLStatement {
        "SELECT version, text, digest, created_at FROM agreements WHERE workspace = \(workspace) ORDER BY version DESC"
    }

    fileprivate static let agreementVersions: SQLStatement =
        "SELECT workspace, max(version) AS version FROM agreements GROUP BY workspace"
}

struct SQLWorkspaceRepository: WorkspaceRepository {
    let connection: SealingConnection

    func insert(_ workspace: Workspace) throws {
        let isPlain = workspace.answerPolicy == AnswerPolicy(target: workspace.answerTarget)
        try connection.perform(.insert(workspace, policy: isPlain ? nil : try JSONText.encode(workspace.answerPolicy)))
        try connection.makeKeys(of: workspace.id)
    }

    func setAnswerPolicy(_ policy: AnswerPolicy, of workspace: Workspace.ID) throws {
        try connection.perform(.setAnswerPolicy(try JSONText.encode(policy), target: policy.target, of: workspace))
    }

    func workspace(_ id: Workspace.ID) throws -> Workspace? {
        try connection.first(.workspace(id)).map(Self.workspace)
    }

    func workspace(named name: String) throws -> Workspace? {
        if let workspace = try workspace(Workspace.ID(name)) { return workspace }
        return try connection.first(.workspace(named: name)).map(Self.workspace)
    }

    func all() throws -> [Workspace] {
        try connection.query("\(.workspaces) ORDER BY name, id").map(Self.workspace)
    }

    func insert(_ agreement: Agreement, at instant: Instant) throws {
        try connection.perform(.insert(agreement, at: instant))
    }

    func agreement(of workspace: Workspace.ID) throws -> Agreement? {
        try connection.first(.agreement(of: workspace)).map { row in
            Agreement(
                workspace: workspace, version: try row.int("version"), text: try row.text("text"), digest: try row.text("digest"))
        }
    }

    func agreements(of workspace: Workspace.ID) throws -> [(agreement: Agreement, publishedAt: Instant)] {
        try connection.query(.agreements(of: workspace)).map { row in
            let agreement = Agreement(
                workspace: workspace, version: try row.int("version"), text: try row.text("text"), digest: try row.text("digest"))
            return (agreement, try row.instant("created_at"))
        }
    }

    func agreementVersions() throws -> [Workspace.ID: Int] {
        try connection.query(.agreementVersions).reduce(into: [:]) { versions, row in
            versions[try row.identifier("workspace")] = try row.int("version")
        }
    }

    private static func workspace(_ row: SQLRow) throws -> Workspace {
        var workspace = Workspace(
            id: try row.identifier("id"), name: try row.text("name"), locale: try row.text("locale"), timeZone: try row.text("time_zone"),
            answerTarget: .microseconds(try row.integer("answer_target")), createdAt: try row.instant("created_at"))
        if let policy = try row.optionalJSON("answer_policy", as: AnswerPolicy.self) { workspace.answerPolicy = policy }
        return workspace
    }
}
