package import DeskCore

/// Another password for somebody who knows the one they have.
package struct ChangePassword: Sendable {
    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    /// Ends all other sessions: whoever knew the old password is out.
    /// - Parameter session: the one in which it is changed.
    /// - Throws: `unauthenticated` for a wrong current password, `too_many_attempts`; `invalid_request`, `password_too_common`.
    package func change(_ current: Secret, to password: Secret, of user: User, in session: SignInSession) async throws {
        try await SignIn(context, passwords: passwords).confirm(current, of: user)
        try PersonRules.require(password: password, context: [user.email, user.name])
        let verifier = try await passwords.verifier(for: password, salt: context.chance.bytes(16))
        let now = context.time.now()
        try await context.storage.write { try $0.credentials.setPassword(verifier, of: user.id, at: now) }
        try await Sessions(context).endAll(of: user.id, but: session)
    }
}
