package import DeskCore

/// The code of an authenticator app, asked for after the password; and codes on paper for the day on which the phone is lost.
package struct SecondFactors: Sendable {
    package static let recoveryCodeCount = 10
    /// Letters and digits of a recovery code: 80 bits.
    private static let recoveryCodeBytes = 10

    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    /// Where a user stands.
    package struct Standing: Sendable, Hashable {
        package let isOn: Bool
        package let recoveryCodesLeft: Int
    }

    package func standing(of user: User.ID) async throws -> Standing {
        try await context.storage.read { session in
            Standing(
                isOn: try session.credentials.secondFactor(of: user)?.confirmedAt != nil,
                recoveryCodesLeft: try session.credentials.recoveryCodesLeft(of: user))
        }
    }

    /// Begins to set an app up: makes a secret that nobody is asked for until a code of it was shown.
    /// - Throws: `invalid_request` while one is on.
    package func prepare(for user: User) async throws -> TimedCode {
        let secret = context.chance.bytes(TimedCode.secretLength)
        try await context.storage.write { session in
            guard try session.credentials.secondFactor(of: user.id)?.confirmedAt == nil else {
                throw DeskError(.invalidRequest, message: "An authenticator app is set up already. Turn it off first. Nothing was changed.")
            }
            try session.credentials.set(SecondFactor(user: user.id, secret: Secret(secret.hexadecimal)), recoveryDigests: [])
        }
        return TimedCode(secret: secret)
    }

    /// The app that is being set up, to show its secret once more.
    package func prepared(for user: User.ID) async throws -> TimedCode? {
        let factor = try await context.storage.read { try $0.credentials.secondFactor(of: user) }
        return factor.flatMap { $0.confirmedAt == nil ? $0.code : nil }
    }

    /// Turns it on, by a code that shows that the app works.
    /// - Returns: the recovery codes, to be shown this once.
    /// - Throws: `unauthenticated` for a wrong code; `too_many_attempts` (transient).
    package func turnOn(_ typed: String, for user: User) async throws -> [String] {
        try await use(typed, of: user, isSettingUp: true)
        let codes = (0..<Self.recoveryCodeCount).map { _ in Base32.text(context.chance.bytes(Self.recoveryCodeBytes)).lowercased() }
        try await context.storage.write { session in
            guard let factor = try session.credentials.secondFactor(of: user.id) else { throw DeskError.nothingThere }
            try session.credentials.set(factor, recoveryDigests: codes.map(Digest.of))
        }
        return codes.map(Self.grouped)
    }

    /// - Throws: `unauthenticated` for a wrong password; `too_many_attempts` (transient).
    package func turnOff(_ password: Secret, for user: User) async throws {
        try await SignIn(context, passwords: passwords).confirm(password, of: user)
        try await context.storage.write { try $0.credentials.removeSecondFactor(of: user.id) }
    }

    /// Turns a session that awaits a code into one that lets in.
    /// - Parameter typed: the app's code, or a recovery code, which is used up.
    /// - Returns: the new session's token: the old one is over.
    /// - Throws: `unauthenticated`; `too_many_attempts` (transient).
    package func enter(_ typed: String, for user: User, in session: SignInSession) async throws -> OpaqueToken {
        try await context.signInLog.watching(.code, of: user.id, from: session.place) {
            try await use(typed, of: user, isSettingUp: false)
        }
        context.signInLog.accepted(.code, of: user.id, from: session.place)
        let token = try await Sessions(context).begin(
            for: user, from: SignInOrigin(place: session.place, device: session.device), through: session.provider, isConfirmedByCode: true)
        try await context.storage.write { try $0.credentials.removeSession(tokenDigest: session.tokenDigest) }
        return token
    }

    private func use(_ typed: String, of user: User, isSettingUp: Bool) async throws {
        let key = "code:" + user.id.text
        try await SignIn(context, passwords: passwords).admit([key], counting: key)
        let now = context.time.now()
        try await context.storage.write { session in
            guard let factor = try session.credentials.secondFactor(of: user.id), (factor.confirmedAt == nil) == isSettingUp else {
                throw Self.wrong
            }
            let isRight =
                if let step = factor.code?.step(of: typed, at: now) {
                    try session.credentials.useStep(step, of: user.id, at: now)
                } else {
                    try session.credentials.useRecoveryCode(digest: Digest.of(Self.plain(typed)), of: user.id, at: now)
                }
            guard isRight else { throw Self.wrong }
            try session.credentials.clearFailures(of: key)
        }
    }

    private static func grouped(_ code: String) -> String {
        let characters = Array(code)
        return stride(from: 0, to: characters.count, by: 4).map { String(characters[$0..<min($0 + 4, characters.count)]) }
            .joined(separator: "-")
    }

    private static func plain(_ typed: String) -> String { String(typed.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(64)) }

    private static let wrong = DeskError(.unauthenticated, message: "This is not the code that is due now. Codes change every 30 seconds.")
}

extension SecondFactor {
    /// Nil for a secret that can't be read.
    fileprivate var code: TimedCode? {
        let text = Array(secret.exposed().utf8)
        let bytes = stride(from: 0, to: text.count - 1, by: 2).compactMap {
            UInt8(String(decoding: text[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
        return bytes.count == TimedCode.secretLength ? TimedCode(secret: bytes) : nil
    }
}
