import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird
import NIOCore

/// Signed agreements, to be printed or kept: for whoever signed, and for the principal.
struct SignedCopyRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    private var signed: SignedAgreements { SignedAgreements(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/agreement/{workspace}/signatures/{entry}", use: showOwn)
        router.get("/agreement/{workspace}/signatures/{entry}/text", use: ownText)
        router.get("/people/{workspace}/members/{member}/signatures/{entry}", use: show)
        router.get("/people/{workspace}/members/{member}/signatures/{entry}/text", use: text)
    }

    @Sendable private func showOwn(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context, of: try await own(context), side: .member)
    }

    @Sendable private func ownText(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        Self.file(try await own(context))
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let copy = try await members(context, backTo: request.uri.path)
        let memberPath = "/people/\(copy.workspace.id.text)/members/\(copy.member.id.text)"
        return try await page(request, context, of: copy, side: .principal(memberPath: memberPath))
    }

    @Sendable private func text(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        Self.file(try await members(context, backTo: request.uri.path))
    }

    private func own(_ context: DeskRequestContext) async throws -> SignedAgreements.Copy {
        let user = try context.requireIdentity().user
        return try await signed.own(try Self.entry(context), in: try context.identifier("workspace"), of: user)
    }

    private func members(_ context: DeskRequestContext, backTo path: String) async throws -> SignedAgreements.Copy {
        let user = try context.requireFreshIdentity(backTo: path).user.id
        return try await signed.copy(
            try Self.entry(context), of: try context.identifier("member"), in: try context.identifier("workspace"), for: user)
    }

    private static func entry(_ context: DeskRequestContext) throws(DeskError) -> Int64 {
        guard let entry = context.parameters.get("entry").flatMap({ Int64($0) }) else { throw DeskError.nothingThere }
        return entry
    }

    private func page(
        _ request: Request, _ context: DeskRequestContext, of copy: SignedAgreements.Copy, side: SignedCopyPage.Side
    ) async throws -> Response {
        try await answers.page(request, context) { page in
            SignedCopyPage(
                workspace: copy.workspace, member: copy.member, principalName: copy.principalName, version: copy.agreement.version,
                text: copy.text, signature: .init(digest: copy.digest, isAsSigned: copy.isAsSigned, entry: copy.entry), side: side,
                path: request.uri.path, wording: page.wording)
        }
    }

    /// The very bytes whose digest was signed.
    private static func file(_ copy: SignedAgreements.Copy) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"agreement-\(copy.agreement.version)-\(copy.entry.sequence).txt\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: copy.text)))
    }
}

extension SignedCopyPage.Link {
    /// - Parameter path: of the page under which the copy lies.
    init(_ copy: SignedAgreements.Copy, under path: String, wording: Wording) {
        self.init(
            copy.workspace, version: copy.agreement.version, at: copy.entry.at, path: "\(path)/signatures/\(copy.entry.sequence)",
            wording: wording)
    }
}
