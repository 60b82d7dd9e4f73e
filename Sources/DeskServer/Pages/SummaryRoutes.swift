import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// A principal's daily summary: whether it is sent, when, and what it would say now.
struct SummaryRoutes {
    private static let firstStretch = Duration.hours(24)

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/settings/summary/{workspace}", use: show)
        router.post("/settings/summary/{workspace}", use: save)
        router.post("/settings/summary/{workspace}/now", use: sendNow)
        router.post("/settings/summary/{workspace}/end", use: end)
    }

    private var planning: PlanSummary { PlanSummary(parts.context) }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context)
    }

    @Sendable private func save(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Workspace.ID = try context.identifier("workspace")
        let form = try await Form.read(request, context, limit: 65_536)
        let values = SummaryPage.Values(inbox: form["inbox"], time: form["time"], namesContacts: form["names"] == "on")
        do {
            let plan = try SummaryPlan(
                inbox: Inbox.ID(values.inbox), minute: Self.minute(values.time), namesContacts: values.namesContacts)
            try await planning.set(plan, in: id, by: user)
        } catch let error as DeskError where error.code == .invalidRequest {
            return try await page(request, context, status: error.status, returned: values)
        }
        return .redirect(toPage: "/settings/summary/\(id.text)", done: .summarySaved)
    }

    @Sendable private func sendNow(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await press(request, context, .summaryOnItsWay) { try await planning.sendNow(in: $0, to: $1) }
    }

    @Sendable private func end(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await press(request, context, .summaryEnded) { try await planning.remove(in: $0, by: $1) }
    }

    /// A button with nothing to fill in.
    private func press(
        _ request: Request, _ context: DeskRequestContext, _ deed: Flash.Deed, _ act: (Workspace.ID, User.ID) async throws -> Void
    ) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Workspace.ID = try context.identifier("workspace")
        _ = try await Form.read(request, context, limit: 65_536)
        try await act(id, user)
        return .redirect(toPage: "/settings/summary/\(id.text)", done: deed)
    }

    private func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, returned: SummaryPage.Values? = nil
    ) async throws -> Response {
        let user = try context.requireIdentity().user
        let id: Workspace.ID = try context.identifier("workspace")
        let reading = try await reading(id, for: user)
        let letter = parts.summaries.write(
            reading.summary, for: SummaryReader(workspace: reading.workspace, user: user, head: reading.head))
        return try await answers.page(request, context, status: status) { page in
            SummaryPage(
                workspace: reading.workspace, address: user.email, inboxes: reading.inboxes, plan: reading.job?.plan,
                progress: reading.job?.progress, returned: returned, preview: letter, wording: page.wording)
        }
    }

    private struct Reading: Sendable {
        let workspace: Workspace
        let inboxes: [Inbox]
        let job: SummaryJob?
        let summary: DaySummary
        let head: LedgerCheckpoint?
    }

    private func reading(_ id: Workspace.ID, for user: User) async throws -> Reading {
        let now = parts.now
        return try await parts.storage.read { [parts] session in
            try Authorization(session, at: now).require(.govern, in: id, of: user.id)
            guard let workspace = try session.workspaces.workspace(id) else { throw DeskError.nothingThere }
            let job = try session.summaries.job(of: user.id, in: id)
            return Reading(
                workspace: workspace,
                inboxes: try session.inboxes.all().filter { $0.workspace == id && parts.context.notices.carriesNotices($0.channel) },
                job: job,
                summary: try DrawSummary.draw(
                    of: id, from: job?.progress.since ?? now - Self.firstStretch, through: now,
                    namesContacts: job?.plan.namesContacts ?? true, session),
                head: try session.heads.newest(of: id)?.head?.checkpoint)
        }
    }

    /// - Throws: `invalid_request` for what is no time of a day.
    private static func minute(_ time: String) throws(DeskError) -> Int {
        let parts = time.split(separator: ":").map { Int($0) }
        guard parts.count >= 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour), (0..<60).contains(minute) else {
            throw DeskError(.invalidRequest, message: "The time of the day can't be read. Nothing was changed.")
        }
        return hour * 60 + minute
    }
}
