import DeskCore
import DeskServices
import DeskWeb
import Foundation
import HTTPTypes
import Hummingbird

/// What the desk keeps of people: for how long, what of one of them, and erasing that.
struct DataRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/people/{workspace}/data", use: show)
        router.post("/people/{workspace}/data", use: save)
        router.get("/conversations/{id}/data", use: showContact)
        router.get("/conversations/{id}/export", use: export)
        router.post("/conversations/{id}/erasure", use: erase)
    }

    // MARK: A workspace

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context)
    }

    @Sendable private func save(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id: Workspace.ID = try context.identifier("workspace")
        let user = try context.requireFreshIdentity(backTo: "/people/\(id.text)/data").user.id
        let form = try await Form.read(request, context, limit: 65_536)
        let values = DataPage.Values(conversationDays: form["conversation_days"], rawEventDays: form["raw_event_days"])
        do {
            guard form["sure"] == "yes" else { throw Self.unreadable }
            let retention = Retention(
                conversationDays: try Self.days(values.conversationDays), rawEventDays: try Self.days(values.rawEventDays))
            try await SetRetention(parts.context).set(retention, of: id, by: user)
        } catch let error as DeskError where error.code == .invalidRequest {
            return try await page(request, context, status: error.status, returned: values)
        }
        return .redirect(toPage: "/people/\(id.text)/data", done: .retentionSaved)
    }

    private func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, returned: DataPage.Values? = nil
    ) async throws -> Response {
        let id: Workspace.ID = try context.identifier("workspace")
        let user = try context.requireIdentity().user.id
        let (workspace, retention, inboxes) = try await parts.storage.read { session in
            try Authorization(session, at: parts.now).require(.govern, in: id, of: user)
            guard let workspace = try session.workspaces.workspace(id) else { throw DeskError.nothingThere }
            return (workspace, try session.data.retention(of: id), try session.inboxes.all().filter { $0.workspace == id })
        }
        return try await answers.page(request, context, status: status) { page in
            DataPage(
                workspace: workspace, values: returned ?? DataPage.Values(retention), channels: inboxes.map(page.wording.inbox),
                hasError: returned != nil, wording: page.wording)
        }
    }

    private static func days(_ text: String) throws -> Int? {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty else { return nil }
        guard let days = Int(text) else { throw unreadable }
        return days
    }

    private static let unreadable = DeskError(.invalidRequest, message: "A number of days can't be read. Nothing was changed.")

    // MARK: A contact

    @Sendable private func showContact(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await contactPage(request, context)
    }

    private func contactPage(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, problem: ContactDataPage.Problem? = nil
    ) async throws -> Response {
        let id: Conversation.ID = try context.identifier("id")
        let user = try context.requireIdentity().user.id
        let (contact, mayExport, mayErase) = try await parts.storage.read { session in
            let authorization = Authorization(session, at: parts.now)
            let conversation = try authorization.conversation(id, for: .read, by: user)
            guard let contact = try session.contacts.contact(conversation.contact) else { throw DeskError.nothingThere }
            return (
                try authorization.isMasked(conversation, for: user) ? contact.masked : contact,
                try authorization.may(.export, in: conversation.workspace, user),
                try authorization.may(.govern, in: conversation.workspace, user)
            )
        }
        return try await answers.page(request, context, status: status) { page in
            ContactDataPage(
                conversationID: id.text, contactName: contact.displayName, mayExport: mayExport, mayErase: mayErase, problem: problem,
                wording: page.wording)
        }
    }

    @Sendable private func export(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id: Conversation.ID = try context.identifier("id")
        let identity = try context.requireFreshIdentity(backTo: "/conversations/\(id.text)/data")
        let record = try await ExportData(parts.context).contact(in: id, for: identity.reader(by: .page))
        return try ContactExport(record).answer
    }

    @Sendable private func erase(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id: Conversation.ID = try context.identifier("id")
        let user = try context.requireFreshIdentity(backTo: "/conversations/\(id.text)/data").user.id
        let form = try await Form.read(request, context, limit: 65_536)
        let contact = try await parts.storage.read { session in
            let conversation = try Authorization(session, at: parts.now).conversation(id, for: .govern, by: user)
            guard let contact = try session.contacts.contact(conversation.contact) else { throw DeskError.nothingThere }
            return contact
        }
        guard form["name"].trimmingCharacters(in: .whitespaces) == contact.displayName else {
            return try await contactPage(request, context, status: .unprocessableContent, problem: .otherName)
        }
        do {
            try await EraseContact(parts.context, blobs: parts.blobs).erase(contact.id, for: .request(by: user))
        } catch let error as DeskError where error.code == .invalidRequest {
            return try await contactPage(request, context, status: error.status, problem: .isOnItsWay)
        }
        return .redirect(toPage: "/", done: .contactErased)
    }
}
