package import DeskCore

/// Another password for somebody who knows the one they have.
package struct ChangePassword: Sendable {
    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    /// For somebody who has forgotten it, by the operator of the machine: ends all of their sessions.
    /// - Parameter turnsAppOff: whether their authenticator app is lost as well.
    /// - Throws: `not_found` for an address that is nobody's; `invalid_request`, `password_too_common`.
    package func set(_ password: Secret, ofAddress email: String, turnsAppOff: Bool) async throws {
        let user = try await context.storage.read { try $0.people.user(email: email) }
        guard let user else { throw DeskError(.notFound, message: "Nobody has the e-mail address \(email). Nothing was changed.") }
        try PersonRules.require(password: password, context: [user.email, user.name])
        let verifier = try await passwords.verifier(for: password, salt: context.chance.bytes(16))
        let now = context.time.now()
        try await context.storage.write { session in
            try session.credentials.setPassword(verifier, of: user.id, at: now)
            if turnsAppOff { try session.credentials.removeSecondFactor(of: user.id) }
        }
        try await Sessions(context).endAll(of: user.id)
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
