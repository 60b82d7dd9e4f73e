import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// Who saw what: for the principal.
struct ReadingLogCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/workspaces/:workspace/reports/readings") { try await readings($0, $1) }
    }

    private func readings(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let workspace = try context.identifier("workspace", of: Workspace.self)
        guard caller.reaches(workspace) else { throw DeskError.nothingThere }
        let query = try ListQuery(request)
        let log = ReadingLog(parts.context)
        let filter = ReadingFilter(
            reader: query["reader"].map { User.ID($0) }, conversation: query["conversation"].map { Conversation.ID($0) },
            act: try query["act"].map { try Self.act($0) })
        let page = try await log.page(of: workspace, filter, limit: query.limit, cursor: query.cursor, for: caller.user.id)
        guard request.headers[.accept]?.contains("text/csv") ?? false else {
            let notes = try await log.week(of: workspace, for: caller.user.id).notes
            return try APIAnswer.json(ReadingsBody(page, notes))
        }
        return Self.csv(page.items)
    }

    private static func act(_ word: String) throws(DeskError) -> Reading.Act {
        guard let act = Reading.Act(rawValue: word) else {
            let words = Reading.Act.allCases.map(\.rawValue).joined(separator: ", ")
            throw DeskError(.invalidRequest, message: "“act” is one of: \(words).")
        }
        return act
    }

    static func csv(_ readings: [Reading]) -> Response {
        let header = ["at", "reader", "seen_by", "act", "way", "conversation", "details"]
        let rows = readings.map { reading in
            [
                reading.at.timestamp, reading.reader.text, reading.seenBy?.text ?? "", reading.act.rawValue, reading.way.rawValue,
                reading.conversation?.text ?? "",
                reading.details.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; "),
            ]
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"readings.csv\"",
            ], body: ResponseBody(byteBuffer: .init(string: CommaSeparated.text([header] + rows))))
    }
}

/// Comma-separated values (RFC 4180) that no spreadsheet takes for a formula.
enum CommaSeparated {
    static func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A leading quote keeps what begins like a formula from being calculated (OWASP, CSV injection).
    private static func field(_ value: String) -> String {
        let isFormula = value.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let plain = isFormula ? "'" + value : value
        return "\"" + plain.replacing("\"", with: "\"\"") + "\""
    }
}

private struct ReadingsBody: Encodable {
    struct Entry: Encodable {
        let at: String
        let reader: User.ID
        @OrNull var seenBy: User.ID?
        let act: String
        let way: String
        @OrNull var conversation: Conversation.ID?
        let details: [String: String]
    }

    struct Note: Encodable {
        let reader: User.ID
        let kind: String
        let count: Int
        @OrNull var conversation: Conversation.ID?
    }

    let items: [Entry]
    @OrNull var nextCursor: String?
    /// What is out of the ordinary in the last week.
    let notes: [Note]

    init(_ page: Page<Reading>, _ notes: [ReadingNote]) {
        items = page.items.map { reading in
            Entry(
                at: reading.at.timestamp, reader: reading.reader, seenBy: reading.seenBy, act: reading.act.rawValue,
                way: reading.way.rawValue, conversation: reading.conversation, details: reading.details)
        }
        nextCursor = page.nextCursor
        self.notes = notes.map { Note(reader: $0.reader, kind: $0.kind.rawValue, count: $0.count, conversation: $0.conversation) }
    }
}
