import DeskCore
import DeskServices
import DeskWeb
import Foundation
import HTTPTypes
import Hummingbird

/// Renders pages for whoever asked: in their language, their time zone, their theme.
struct PageAnswers: Sendable {
    private static let badgeMaximum = 100

    let parts: ServerParts

    func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok,
        _ make: (PageContext) throws -> some PageModel
    ) async throws -> Response {
        let pageContext = try await pageContext(request, context)
        return .html(try parts.renderer.render(try make(pageContext), context: pageContext), status: status)
    }

    func error(_ error: DeskError, _ request: Request, _ context: DeskRequestContext) async throws -> Response {
        var anonymous = context
        if error.code == .storageUnavailable { anonymous.identity = nil }
        let pageContext = try await pageContext(request, anonymous)
        let isExact = [DeskError.Code.agreementRequired, .outOfGrant].contains(error.code)
        let page = ErrorPage(
            status: Int(error.status.code), explanation: isExact ? pageContext.wording.problem(error.code) : nil,
            requestID: error.status.kind == .serverError ? context.id : nil,
            wording: pageContext.wording)
        return .html(try parts.renderer.render(page, context: pageContext), status: error.status)
    }

    func pageContext(_ request: Request, _ context: DeskRequestContext) async throws -> PageContext {
        guard let identity = context.identity else { return anonymous(request, context) }
        let facts = try await facts(about: identity)
        let preferences = facts.preferences
        let language = Language.negotiate(
            user: identity.user.locale, acceptLanguage: request.headers[.acceptLanguage], workspace: nil)
        return PageContext(
            wording: wording(language, timeZone: identity.user.timeZone),
            user: SignedInUser(name: identity.user.name, role: nil), workspaceName: facts.workspaceName, csrfToken: context.csrfToken,
            nonce: context.nonce, path: request.uri.description, theme: preferences["theme"].flatMap(Theme.init) ?? .system,
            textSize: preferences["text_size"].flatMap(TextSize.init) ?? .normal, singleKeysEnabled: preferences["single_keys"] != "off",
            flashes: Flashes.taken(from: request, wording: wording(language, timeZone: identity.user.timeZone)),
            owedCount: facts.owedCount, decisionCount: facts.decisionCount, isDemo: parts.settings.isDemo,
            holdNotice: facts.heldSinceBackupAt.map { wording(language, timeZone: identity.user.timeZone).holdNotice(backupAt: $0) })
    }

    func wording(_ language: Language, timeZone: String) -> Wording {
        Wording(
            catalogue: parts.renderer.catalogues[language], timeZone: TimeZone(identifier: timeZone) ?? .gmt, now: parts.context.time.now())
    }

    private func anonymous(_ request: Request, _ context: DeskRequestContext) -> PageContext {
        let language = Language.negotiate(user: nil, acceptLanguage: request.headers[.acceptLanguage], workspace: nil)
        let wording = wording(language, timeZone: "GMT")
        return PageContext(
            wording: wording, csrfToken: context.csrfToken, nonce: context.nonce, path: request.uri.description,
            flashes: Flashes.taken(from: request, wording: wording), isDemo: parts.settings.isDemo)
    }

    private struct Facts: Sendable {
        let workspaceName: String?
        let preferences: [String: String]
        let owedCount: Int
        let decisionCount: Int
        /// When the backup was made from which a workspace of theirs was brought back, and sends nothing since.
        let heldSinceBackupAt: Instant?
    }

    private func facts(about identity: Identity) async throws -> Facts {
        try await parts.storage.read { session in
            let scope = try Authorization(session, at: parts.now).scope(of: identity.user.id)
            let workspaces = scope.workspaces
            let name = workspaces.count == 1 ? try session.workspaces.workspace(workspaces[0])?.name : nil
            return Facts(
                workspaceName: name, preferences: try session.people.preferences(of: identity.user.id),
                owedCount: try session.conversations.owedCount(scope: scope, maximum: Self.badgeMaximum),
                decisionCount: try session.attempts.undecided(scope: scope, limit: Self.badgeMaximum).count
                    + lateCount(scope, session),
                heldSinceBackupAt: try session.operations.holds().first { scope.covers($0.workspace) }?.backupAt)
        }
    }

    private func lateCount(_ scope: Scope, _ session: any StorageSession) throws -> Int {
        let levels = try Authorization(session, at: parts.now).concerns(in: scope)
        guard !levels.isEmpty else { return 0 }
        return try session.conversations.escalated(levels, scope: scope, limit: Self.badgeMaximum).count
    }

    /// Text for one query value (RFC 3986 section 2.1).
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~/"))) ?? ""
    }
}

extension Response {
    /// To a page of ours (303), which then says what was done.
    static func redirect(toPage path: String, done: Flash.Deed) -> Response {
        redirect(toPage: "\(path)?done=\(done.rawValue)")
    }

    /// To a page of ours (303), which then says why nothing was done.
    static func redirect(toPage path: String, problem: DeskError.Code) -> Response {
        redirect(toPage: "\(path)?problem=\(problem.rawValue)")
    }
}

/// Notices that survive one redirect: the query names them, the catalogue has the words.
enum Flashes {
    static func taken(from request: Request, wording: Wording) -> [Flash] {
        let query = URLEncoded.parse(request.uri.query ?? "")
        let done = query["done"].flatMap(Flash.Deed.init).map { Flash.done($0, wording: wording) }
        let problem = query["problem"].flatMap { name in shown.first { $0.rawValue == name } }.map { Flash.problem($0, wording: wording) }
        return [done, problem].compactMap(\.self)
    }

    /// Of what goes wrong, what is told on the page that somebody is led back to.
    static let shown: [DeskError.Code] = [
        .staleConversation, .alreadySent, .invalidRequest, .replyWindowClosed, .reactionNotPossible, .reactionUnderWay, .notAnEmoji,
    ]
}
