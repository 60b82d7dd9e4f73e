import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird
import MailFormat
import NIOCore

/// Mails as they came: with their design, in a frame in which nothing runs, and as text to look at or keep.
///
/// A viewer to whom numbers and addresses are covered sees neither: nobody could say what to cover in them.
struct MailRoutes {
    /// What of a mail is shown as text; the rest is in the file.
    static let shownBytes = 262_144

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/messages/{id}/mail", use: showDesign)
        router.get("/messages/{id}/source", use: showSource)
        router.get("/messages/{id}/source/file", use: sourceFile)
    }

    /// `?images=1`: somebody wants the pictures from elsewhere, which tells the sender that they read; so it is written down as well.
    @Sendable private func showDesign(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let showsRemoteImages = URLEncoded.parse(request.uri.query ?? "")["images"] == "1"
        let stored = try await stored(context)
        let log = RecordReading(parts.context)
        if showsRemoteImages {
            try await log.took(
                .downloaded, "\(stored.message.id.text)/images", of: stored.conversation.id, in: stored.conversation.workspace,
                by: stored.reader)
        } else {
            try await log.opened(stored.conversation.id, in: stored.conversation.workspace, by: stored.reader)
        }
        let wording = try await answers.pageContext(request, context).wording
        let mail = MailReader.mail(in: stored.bytes)
        let document = MailDocument(
            mail, showsRemoteImages: showsRemoteImages, language: wording.catalogue.language.tag, notice: wording.blockedImages)
        guard let document else { throw DeskError.nothingThere }
        return Self.answer(document, showsRemoteImages: showsRemoteImages)
    }

    /// A page that is sandboxed and asks for a group of its own is no page at all (HTML, “create navigation params by fetching”); the
    /// sandbox keeps it from everything by itself.
    private static func answer(_ document: MailDocument, showsRemoteImages: Bool) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: MailDocument.policy(showsRemoteImages: showsRemoteImages),
                .cacheControl: "private, no-store", .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer",
                .crossOriginOpenerPolicy: "unsafe-none",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: document.html)))
    }

    @Sendable private func showSource(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let stored = try await stored(context)
        try await recordTaken(stored)
        let shown = Array(stored.bytes.prefix(Self.shownBytes))
        return try await answers.page(request, context) { page in
            MailSourcePage(
                messageID: stored.message.id.text, conversationID: stored.conversation.id.text, subject: stored.mail.subject,
                text: MailReader.text(in: shown), shownBytes: shown.count, byteCount: stored.bytes.count, wording: page.wording)
        }
    }

    @Sendable private func sourceFile(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let stored = try await stored(context)
        try await recordTaken(stored)
        let name = stored.mail.subject.isEmpty ? "mail" : String(stored.mail.subject.prefix(80))
        return Response(
            status: .ok,
            headers: [
                .contentType: "message/rfc822", .contentSecurityPolicy: "sandbox; default-src 'none'",
                .contentDisposition: FileNames.disposition(name + ".eml", inPlace: false),
                .cacheControl: "private, no-store", .xContentTypeOptions: "nosniff",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: stored.bytes)))
    }

    private struct Stored: Sendable {
        let message: Message
        let mail: MailContent
        let conversation: Conversation
        let reader: Reader
        let bytes: [UInt8]
    }

    /// - Throws: `not_found` for what is no mail from elsewhere, or isn't for this person.
    private func stored(_ context: DeskRequestContext) async throws -> Stored {
        let reader = try context.requireIdentity().reader(by: .page)
        let id: Message.ID = try context.identifier("id")
        let (message, conversation) = try await parts.storage.read { session in
            let authorization = Authorization(session, at: parts.now)
            let found = try authorization.message(id, for: .read, by: reader.user)
            let isMasked = try authorization.isMasked(found.conversation, for: reader.user)
            return (isMasked ? found.message.masked : found.message, found.conversation)
        }
        guard message.deletedAt == nil, let mail = message.content.mail, let source = mail.source else { throw DeskError.nothingThere }
        let bytes = try await parts.blobs.read(source)
        return Stored(message: message, mail: mail, conversation: conversation, reader: reader, bytes: bytes)
    }

    private func recordTaken(_ stored: Stored) async throws {
        try await RecordReading(parts.context).took(
            .downloaded, "\(stored.message.id.text)/source", of: stored.conversation.id, in: stored.conversation.workspace,
            by: stored.reader)
    }
}
