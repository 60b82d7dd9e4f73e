package import DeskCore

/// Makes a workspace with its principal, its first agreement, and the first entry of its ledger.
package struct SetUpWorkspace: Sendable {
    package static let defaultAnswerTarget = Duration.minutes(60)

    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    package struct Request: Sendable {
        package var name: String
        package var ownerEmail: String
        package var ownerName: String
        package var password: Secret
        package var locale: String
        package var timeZone: String
        /// The confidentiality text that members will sign.
        package var agreement: String

        package init(
            name: String, ownerEmail: String, ownerName: String, password: Secret, locale: String, timeZone: String, agreement: String
        ) {
            self.name = name
            self.ownerEmail = ownerEmail
            self.ownerName = ownerName
            self.password = password
            self.locale = locale
            self.timeZone = timeZone
            self.agreement = agreement
        }
    }

    /// An address that has an account already keeps its password.
    /// - Throws: `invalid_request` for a name, an address or a password that won't do.
    package func setUp(_ request: Request) async throws -> (workspace: Workspace, owner: User) {
        let now = context.time.now()
        try PersonRules.require(email: request.ownerEmail)
        try PersonRules.require(password: request.password, context: [request.ownerEmail, request.ownerName, request.name])
        try PersonRules.require(name: request.name)
        let verifier = try await passwords.verifier(for: request.password, salt: context.chance.bytes(16))
        return try await context.storage.write { [context] session in
            let workspace = Workspace(
                id: context.identifiers.next(at: now), name: request.name, locale: request.locale, timeZone: request.timeZone,
                answerTarget: Self.defaultAnswerTarget, createdAt: now)
            try session.workspaces.insert(workspace)
            let owner = try Self.owner(request, verifier, context, session, now)
            try session.people.insert(Membership(workspace: workspace.id, user: owner.id, role: .principal), at: now)
            let text = AgreementText.filled(request.agreement, [.desk: workspace.name, .principal: owner.name])
            let agreement = Agreement(workspace: workspace.id, version: 1, text: text, digest: Digest.of(text))
            try session.workspaces.insert(agreement, at: now)
            try session.ledger.append(LedgerFact(.workspaceCreated, workspace.id.text, ["owner": owner.id.text]), in: workspace.id, at: now)
            return (workspace, owner)
        }
    }

    private static func owner(
        _ request: Request, _ verifier: String, _ context: DeskContext, _ session: any StorageSession, _ now: Instant
    ) throws -> User {
        if let known = try session.people.user(email: request.ownerEmail) { return known }
        let owner = User(
            id: context.identifiers.next(at: now), email: request.ownerEmail, name: request.ownerName, locale: request.locale,
            timeZone: request.timeZone)
        try session.people.insert(owner, at: now)
        try session.credentials.setPassword(verifier, of: owner.id, at: now)
        return owner
    }
}

/// What a name, an address and a password must be like.
package enum PersonRules {
    package static let shortestPassword = 10
    package static let longestPassword = 256

    /// - Throws: `invalid_request`.
    package static func require(email: String) throws(DeskError) {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let isPlausible = parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && email.utf8.count <= 254
        guard isPlausible, email.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 }) else {
            throw DeskError(.invalidRequest, message: "This is no e-mail address. Nothing was stored.")
        }
    }

    /// - Parameter context: the person's name and address, and the desk's name: no password is made of them.
    /// - Throws: `invalid_request`; `password_too_common`.
    package static func require(password: Secret, context: [String] = []) throws(DeskError) {
        guard (shortestPassword...longestPassword).contains(password.exposed().count) else {
            throw DeskError(
                .invalidRequest,
                message: "A password has \(shortestPassword) to \(longestPassword) characters. Several words in a row are a good one.")
        }
        guard !PasswordStrength.isCommon(password.exposed(), context: context + ["contesta"]) else {
            throw DeskError(
                .passwordTooCommon,
                message: "This password is among those that are tried first. Several words that have nothing to do with one another are a "
                    + "good one. Nothing was stored.")
        }
    }

    /// - Throws: `invalid_request`.
    package static func require(name: String) throws(DeskError) {
        guard name.contains(where: { !$0.isWhitespace }), name.unicodeScalars.count <= 120 else {
            throw DeskError(.invalidRequest, message: "A name has 1 to 120 characters. Nothing was stored.")
        }
    }
}
