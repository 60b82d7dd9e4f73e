package import DeskCore

/// Who somebody is: by password for people, by token for programs.
package struct SignIn: Sendable {
    /// Failures of one account within the span before it has to wait.
    package static let allowedFailures = 10
    /// Failures from one network address: an office, or a proxy in front, is many people.
    package static let allowedFailuresOfPlace = 100
    package static let failureSpan = Duration.minutes(15)

    static let refused = DeskError(.unauthenticated, message: "The e-mail address and the password don't go together.")

    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    /// - Parameter origin: where the request came from; failures are counted by its place, too.
    /// - Returns: the new session's token, for the cookie; `awaitsCode` when it lets nobody in before the code of their app.
    /// - Throws: `unauthenticated`, in the same words whatever was wrong; `too_many_attempts` (transient).
    package func signIn(
        email: String, password: Secret, from origin: SignInOrigin
    ) async throws -> (user: User, token: OpaqueToken, awaitsCode: Bool) {
        let (account, place) = ("account:" + email.lowercased(), "origin:" + origin.place)
        let known = try await context.storage.read { session in
            try session.people.user(email: email).map { (user: $0, verifier: try session.credentials.passwordVerifier(of: $0.id)) }
        }
        try await context.signInLog.watching(.password, of: known?.user.id, from: origin.place) {
            try await admit([account, place], counting: account)
        }
        let matches = await passwords.matches(password, verifier: known?.verifier)
        guard matches, let known else {
            let now = context.time.now()
            try await context.storage.write { try $0.credentials.recordFailure(of: place, at: now) }
            context.signInLog.refused(.password, of: known?.user.id, from: origin.place, because: Self.refused)
            throw Self.refused
        }
        let awaitsCode = try await context.storage.read { try $0.credentials.secondFactor(of: known.user.id)?.confirmedAt != nil }
        let token = try await Sessions(context).begin(for: known.user, from: origin, awaitsCode: awaitsCode, clearing: account)
        context.signInLog.accepted(.password, of: known.user.id, from: origin.place)
        return (known.user, token, awaitsCode)
    }

    /// Asks somebody who is known already for their password again, before what is sensitive. Wrong ones count as at signing in.
    /// - Throws: `unauthenticated`; `too_many_attempts` (transient).
    package func confirm(_ password: Secret, of user: User) async throws {
        let account = "account:" + user.email.lowercased()
        try await admit([account], counting: account)
        let verifier = try await context.storage.read { try $0.credentials.passwordVerifier(of: user.id) }
        guard await passwords.matches(password, verifier: verifier) else {
            context.signInLog.refused(.confirmation, of: user.id, because: Self.refused)
            throw Self.refused
        }
        try await context.storage.write { try $0.credentials.clearFailures(of: account) }
        context.signInLog.accepted(.confirmation, of: user.id)
    }

    /// The person for whom a program acts; nil for a token that is unknown or over.
    package func bearer(_ presented: String) async throws -> (user: User, token: AccessToken)? {
        guard let digest = OpaqueToken.digest(of: presented) else { return nil }
        let now = context.time.now()
        return try await context.storage.read { storage in
            guard let token = try storage.credentials.accessToken(digest: digest), token.expiresAt > now,
                let user = try storage.people.user(token.user)
            else { return nil }
            return (user, token)
        }
    }

    /// - Throws: `not_found` for an address that is nobody's.
    package func createToken(email: String, workspace: Workspace.ID?, validity: Duration) async throws -> OpaqueToken {
        let now = context.time.now()
        let token = OpaqueToken(from: context.chance)
        try await context.storage.write { session in
            guard let user = try session.people.user(email: email) else {
                throw DeskError(.notFound, message: "Nobody has the e-mail address \(email). No token was made.")
            }
            try session.credentials.insert(
                AccessToken(digest: token.digest, user: user.id, workspace: workspace, createdAt: now, expiresAt: now + validity))
        }
        return token
    }

    /// Counts the attempt as a failure of the account before the password is compared, so that many guesses at once are no more than
    /// a few in a row; the right password takes it back.
    func admit(_ keys: [String], counting account: String) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            for key in keys {
                let allowed = key == account ? Self.allowedFailures : Self.allowedFailuresOfPlace
                guard try session.credentials.failures(of: key, since: now - Self.failureSpan) < allowed else { throw Self.tooMany }
            }
            try session.credentials.recordFailure(of: account, at: now)
        }
    }

    static let tooMany = DeskError(
        .tooManyAttempts, message: "Too many attempts in a row. It can be tried again in a quarter of an hour.", isTransient: true)
}

extension DeskError.Code {
    package static let tooManyAttempts = Self("too_many_attempts")
}
