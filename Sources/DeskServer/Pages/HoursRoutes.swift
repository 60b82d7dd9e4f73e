import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// When a desk is open and how soon answers are due: the principal's own settings.
struct HoursRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/settings/hours/{workspace}", use: show)
        router.post("/settings/hours/{workspace}", use: save)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context)
    }

    @Sendable private func save(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let (workspace, inboxes) = try await desk(context)
        let form = HoursForm(try await Form.read(request, context, limit: 262_144), inboxes: inboxes)
        do {
            try await SetAnswerPolicy(parts.context).set(try form.policy(), of: workspace.id, by: user)
        } catch let error as DeskError where error.code == .invalidRequest {
            return try await page(request, context, status: error.status, returned: form.values)
        }
        return .redirect(toPage: "/settings/hours/\(workspace.id.text)", done: .hoursSaved)
    }

    /// - Parameter returned: what was typed and could not be kept.
    private func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, returned: HoursPage.Values? = nil
    ) async throws -> Response {
        let (workspace, inboxes) = try await desk(context)
        return try await answers.page(request, context, status: status) { page in
            HoursPage(
                workspace: workspace, inboxes: inboxes, values: returned ?? HoursPage.Values(workspace.answerPolicy),
                hasError: returned != nil, wording: page.wording)
        }
    }

    private func desk(_ context: DeskRequestContext) async throws -> (Workspace, [Inbox]) {
        let user = try context.requireIdentity().user.id
        let id: Workspace.ID = try context.identifier("workspace")
        return try await parts.storage.read { session in
            try Authorization(session, at: parts.now).require(.administer, in: id, of: user)
            guard let workspace = try session.workspaces.workspace(id) else { throw DeskError.nothingThere }
            let scope = try Authorization(session, at: parts.now).scope(of: user, limitedTo: id, for: .administer)
            return (workspace, try session.inboxes.inboxes(in: scope))
        }
    }
}

/// What the form of hours says.
private struct HoursForm {
    let values: HoursPage.Values
    private let inboxes: [Inbox]

    init(_ form: Form, inboxes: [Inbox]) {
        self.inboxes = inboxes
        let fields = inboxes.map { HoursPage.field(of: $0.id) } + Set(inboxes.map(\.channel)).map { HoursPage.field(of: $0) }
        values = HoursPage.Values(
            target: form["target"], isAlwaysOpen: form["mode"] != "hours",
            days: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, form[$0.rawValue]) }), exceptions: form["exceptions"],
            overrides: Dictionary(uniqueKeysWithValues: fields.map { ($0, form[$0]) }), supervisor: form["supervisor"],
            principal: form["principal"])
    }

    /// - Throws: `invalid_request` for what can't be read or kept.
    func policy() throws -> AnswerPolicy {
        let week =
            values.isAlwaysOpen
            ? nil : Dictionary(uniqueKeysWithValues: values.days.map { ($0.key.rawValue, Self.times($0.value)) }.filter { !$0.1.isEmpty })
        let channels = try Set(inboxes.map(\.channel)).compactMap { channel in
            try override(HoursPage.field(of: channel)).map { (channel, $0) }
        }
        let own = try inboxes.compactMap { inbox in try override(HoursPage.field(of: inbox.id)).map { (inbox.id, $0) } }
        return try AnswerPolicy(
            target: try Self.minutes(values.target), hours: try AnswerPolicy.hours(week: week, exceptions: try exceptions()),
            channelTargets: Dictionary(uniqueKeysWithValues: channels), inboxTargets: Dictionary(uniqueKeysWithValues: own),
            escalation: try EscalationSteps(
                supervisorAfter: try Self.minutes(values.supervisor),
                principalAfter: values.principal.isEmpty ? nil : try Self.minutes(values.principal)))
    }

    private func exceptions() throws -> [String: [String]] {
        try values.exceptions.split(separator: "\n").map { Self.times(String($0)) }.reduce(into: [:]) { dates, words in
            guard let date = words.first else { return }
            guard dates.updateValue(Array(words.dropFirst()), forKey: date) == nil else { throw Self.unreadable }
        }
    }

    private func override(_ field: String) throws -> Duration? {
        guard let text = values.overrides[field], !text.isEmpty else { return nil }
        return try Self.minutes(text)
    }

    private static func times(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    private static func minutes(_ text: String) throws -> Duration {
        guard let minutes = Int(text), (0...1_000_000).contains(minutes) else { throw unreadable }
        return .minutes(minutes)
    }

    private static let unreadable = DeskError(.invalidRequest, message: "A number or a date can't be read. Nothing was changed.")
}
