import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// Who saw what, for the principal.
struct ReadingLogRoutes {
    private static let listLength = 100
    private static let fileLength = 500

    let parts: ServerParts
    let answers: PageAnswers

    private var log: ReadingLog { ReadingLog(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/people/{workspace}/readings", use: show)
        router.get("/people/{workspace}/readings/file", use: file)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Workspace.ID = try context.identifier("workspace")
        let query = URLEncoded.parse(request.uri.query ?? "")
        let filter = Self.filter(query)
        let page = try await log.page(of: id, filter, limit: Self.listLength, cursor: query["cursor"], for: user)
        let week = try await log.week(of: id, for: user)
        let (workspace, names) = try await people(of: id)
        return try await answers.page(request, context) { context in
            let most = week.members.flatMap { [$0.opened, $0.answered] }.max() ?? 0
            return ReadingsPage(
                workspace: workspace,
                notes: week.notes.map { context.wording.readingNote($0, name: names[$0.reader] ?? "?") },
                bars: week.members.map {
                    ReadingsPage.Bar(name: names[$0.member] ?? "?", opened: $0.opened, answered: $0.answered, most: most)
                },
                people: names.sorted { $0.value < $1.value }.map {
                    Choice(value: $0.key.text, label: $0.value, isChosen: $0.key == filter.reader)
                },
                act: filter.act,
                rows: page.items.map { reading in
                    ReadingsPage.Row(
                        reading, who: names[reading.reader] ?? "?", seenBy: reading.seenBy.flatMap { names[$0] }, wording: context.wording)
                }, filePath: Self.path(id, "/file", filter, cursor: nil),
                nextPath: page.nextCursor.map { Self.path(id, "", filter, cursor: $0) }, wording: context.wording)
        }
    }

    @Sendable private func file(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let identity = try context.requireIdentity()
        let id: Workspace.ID = try context.identifier("workspace")
        let filter = Self.filter(URLEncoded.parse(request.uri.query ?? ""))
        var readings: [Reading] = []
        var cursor: String?
        repeat {
            let page = try await log.page(of: id, filter, limit: Self.fileLength, cursor: cursor, for: identity.user.id)
            readings += page.items
            cursor = page.nextCursor
        } while cursor != nil && readings.count < 100_000
        try await RecordReading(parts.context).took(.exported, "readings", of: nil, in: id, by: identity.reader(by: .page))
        return ReadingLogCalls.csv(readings)
    }

    private func people(of id: Workspace.ID) async throws -> (Workspace, [User.ID: String]) {
        try await parts.storage.read { session in
            guard let workspace = try session.workspaces.workspace(id) else { throw DeskError.nothingThere }
            let names = try session.people.members(of: id).map { ($0.user.id, $0.user.name) }
            return (workspace, Dictionary(names, uniquingKeysWith: { first, _ in first }))
        }
    }

    private static func filter(_ query: [String: String]) -> ReadingFilter {
        ReadingFilter(
            reader: query["reader"].flatMap { $0.isEmpty ? nil : User.ID($0) },
            conversation: query["conversation"].flatMap { $0.isEmpty ? nil : Conversation.ID($0) },
            act: query["act"].flatMap(Reading.Act.init))
    }

    private static func path(_ id: Workspace.ID, _ end: String, _ filter: ReadingFilter, cursor: String?) -> String {
        let values = [
            "reader": filter.reader?.text, "conversation": filter.conversation?.text, "act": filter.act?.rawValue, "cursor": cursor,
        ]
        let query = values.compactMap { key, value in value.map { "\(key)=\(PageAnswers.encoded($0))" } }.sorted().joined(separator: "&")
        return "/people/\(id.text)/readings\(end)" + (query.isEmpty ? "" : "?\(query)")
    }
}
