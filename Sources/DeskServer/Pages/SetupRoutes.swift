import DeskCore
import DeskServices
import DeskWeb
import Foundation
import HTTPTypes
import Hummingbird

/// The first run. Gone for good once a workspace exists.
struct SetupRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/setup", use: show)
        router.post("/setup", use: setUp)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await requireNewDesk()
        let query = URLEncoded.parse(request.uri.query ?? "")
        return try await answers.page(request, context) { page in
            SetupPage(
                token: Field(query["token"] ?? ""), languages: .languages(chosen: page.wording.catalogue.language),
                timeZones: Self.timeZones(query["time_zone"]))
        }
    }

    @Sendable private func setUp(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await requireNewDesk()
        let form = try await Form.read(request, context, limit: 65_536)
        guard let token = parts.settings.setupToken, ConstantTime.areEqual(form["token"], token.exposed()) else {
            return try await again(form, request, context, tokenError: .tokenWrong)
        }
        do {
            let (_, owner) = try await SetUpWorkspace(parts.context, passwords: parts.passwords).setUp(
                SetUpWorkspace.Request(
                    name: form["workspace_name"], ownerEmail: form["email"], ownerName: form["owner_name"],
                    password: Secret(form["password"]), locale: form["locale"], timeZone: form["time_zone"],
                    agreement: try AgreementTemplate.text(in: Language(tag: form["locale"]) ?? .spanish)))
            let token = try await parts.sessions.begin(for: owner, from: SignInOrigin(request, context))
            return SignInRoutes.entered(with: token, at: "/connect?done=\(Flash.Deed.welcome.rawValue)")
        } catch let error as DeskError where [.invalidRequest, .passwordTooCommon].contains(error.code) {
            return try await again(form, request, context)
        }
    }

    private func again(
        _ form: Form, _ request: Request, _ context: DeskRequestContext, tokenError: FieldProblem? = nil
    ) async throws -> Response {
        try await answers.page(request, context, status: .badRequest) { page in
            let wording = page.wording
            func field(_ name: String) -> Field {
                Field(form[name], error: Self.problem(with: form[name], isEmail: name == "email").map { wording.fieldProblem($0) })
            }
            let isShort = form["password"].count < PersonRules.shortestPassword
            let isCommon = PasswordStrength.isCommon(
                form["password"], context: [form["email"], form["owner_name"], form["workspace_name"]])
            let passwordProblem: FieldProblem? = isShort ? .passwordShort : isCommon ? .passwordCommon : nil
            return SetupPage(
                token: Field(form["token"], error: tokenError.map { wording.fieldProblem($0) }), workspaceName: field("workspace_name"),
                ownerName: field("owner_name"), email: field("email"),
                passwordError: passwordProblem.map { wording.fieldProblem($0) },
                languages: .languages(chosen: Language(tag: form["locale"]) ?? wording.catalogue.language),
                timeZones: Self.timeZones(form["time_zone"]))
        }
    }

    private static func problem(with text: String, isEmail: Bool) -> FieldProblem? {
        if text.allSatisfy(\.isWhitespace) { return .required }
        if isEmail { return (try? PersonRules.require(email: text)) == nil ? .email : nil }
        return (try? PersonRules.require(name: text)) == nil ? .tooLong : nil
    }

    private func requireNewDesk() async throws {
        guard try await parts.storage.read({ try $0.workspaces.all().isEmpty }) else {
            throw DeskError.nothingThere
        }
    }

    static func timeZones(_ chosen: String?) -> [Choice] {
        let usual = chosen.flatMap { $0.isEmpty ? nil : $0 } ?? "America/Argentina/Buenos_Aires"
        return .timeZones(TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }.sorted(), chosen: usual)
    }
}
