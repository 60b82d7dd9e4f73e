import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// The desk with a member's eyes, for its principal: what is shown is asked for as the member's own pages ask, and is recorded as the
/// principal's look.
struct MemberViewRoutes {
    private static let listLength = 50

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/people/{workspace}/members/{member}/look", use: begin)
        router.get("/people/{workspace}/members/{member}/look", use: queue)
        router.get("/people/{workspace}/members/{member}/look/{conversation}", use: conversation)
    }

    private struct Place {
        let workspace: Workspace.ID
        let member: User
        let reader: Reader

        var path: String { "/people/\(workspace.text)/members/\(member.id.text)" }
    }

    @Sendable private func begin(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let place = try await place(context)
        _ = try await Form.read(request, context, limit: 65_536)
        return .redirect(toPage: "\(place.path)/look")
    }

    @Sendable private func queue(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let place = try await place(context)
        let summaries = try await parts.storage.read { session in
            let scope = try Authorization(session, at: parts.now).scope(of: place.member.id, limitedTo: place.workspace)
            return try session.conversations.queue(QueueFilter(state: .all), scope: scope, limit: Self.listLength, cursor: nil).items
        }
        try await RecordReading(parts.context).listed([place.workspace], by: place.reader)
        return try await answers.page(request, context) { page in
            let cards = summaries.map { summary in
                MemberViewPage.Card(
                    path: "\(place.path)/look/\(summary.conversation.id.text)", contactName: summary.contact.displayName,
                    words: summary.lastMessage?.text ?? "", at: summary.conversation.lastActivityAt, wording: page.wording)
            }
            return MemberViewPage(memberName: place.member.name, memberPath: place.path, cards: cards, wording: page.wording)
        }
    }

    @Sendable private func conversation(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let place = try await place(context)
        let id: Conversation.ID = try context.identifier("conversation")
        let reading = try await parts.storage.read { session in
            let conversation = try Authorization(session, at: parts.now).conversation(id, for: .read, by: place.member.id)
            guard conversation.workspace == place.workspace else { throw DeskError.nothingThere }
            return try ConversationReading(id, viewer: place.member.id, session: session, at: parts.now)
        }
        try await RecordReading(parts.context).opened(id, in: place.workspace, by: place.reader)
        return try await answers.page(request, context) { page in
            let lines = reading.messages.map { message in
                let isTheirs = message.direction == .inbound
                return MemberViewPage.Line(
                    who: isTheirs ? reading.row.summary.contact.displayName : message.author.flatMap { reading.authors[$0] } ?? "",
                    words: MessageSummary.words(message.content, wording: page.wording), at: message.sentAt, wording: page.wording)
            }
            return MemberViewPage(
                memberName: place.member.name, memberPath: place.path, listPath: "\(place.path)/look", lines: lines, wording: page.wording)
        }
    }

    /// - Throws: `not_found`, `out_of_grant`, `ConfirmationNeeded`.
    private func place(_ context: DeskRequestContext) async throws -> Place {
        let workspace: Workspace.ID = try context.identifier("workspace")
        let member: User.ID = try context.identifier("member")
        let path = "/people/\(workspace.text)/members/\(member.text)"
        let principal = try context.requireFreshIdentity(backTo: path).user.id
        let members = try await GovernMembers(parts.context).members(of: workspace, for: principal)
        guard let entry = members.first(where: { $0.user.id == member }) else { throw DeskError.nothingThere }
        return Place(workspace: workspace, member: entry.user, reader: Reader(member, seenBy: principal, by: .page))
    }
}
