package import DeskCore
import Logging

/// From where somebody signs in, as far as the request tells.
package struct SignInOrigin: Hashable, Sendable {
    /// The network address.
    package let place: String
    /// What the browser calls itself; shown to the session's owner.
    package let device: String

    package init(place: String, device: String) {
        self.place = place
        self.device = String(device.prefix(200))
    }
}

/// The browsers that people are signed in with.
package struct Sessions: Sendable {
    package static let length = Duration.hours(24 * 14)
    /// Without a sign of life for this long, a session is over.
    package static let idle = Duration.hours(24 * 4)
    /// How long a proof of who somebody is lasts for what is sensitive.
    package static let freshness = Duration.minutes(15)
    /// A session that waits for a code waits no longer.
    package static let codeLength = Duration.minutes(10)
    private static let sightings = Duration.minutes(10)

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Opens a session for somebody who has just proved who they are.
    /// - Parameters:
    ///   - awaitsCode: whether it lets nobody in before the code of an authenticator app.
    ///   - provider: on whose word; what is sensitive then asks for the password from the beginning.
    package func begin(
        for user: User, from origin: SignInOrigin, awaitsCode: Bool = false, clearing key: String? = nil,
        through provider: IdentityProvider.ID? = nil, isConfirmedByCode: Bool = false
    ) async throws -> OpaqueToken {
        let now = context.time.now()
        let token = OpaqueToken(from: context.chance)
        let entry = SignInSession(
            tokenDigest: token.digest, user: user.id, csrfToken: context.chance.bytes(32).hexadecimal, device: origin.device,
            place: origin.place, createdAt: now, lastSeenAt: now, expiresAt: now + (awaitsCode ? Self.codeLength : Self.length),
            confirmedAt: provider == nil ? now : Instant(microseconds: 0), awaitsCode: awaitsCode, provider: provider,
            isConfirmedByCode: isConfirmedByCode)
        try await context.storage.write { session in
            if let key { try session.credentials.clearFailures(of: key) }
            try session.credentials.insert(entry)
        }
        return token
    }

    /// The person behind a session cookie; nil for one that is unknown or over.
    package func session(_ presented: String) async throws -> (user: User, session: SignInSession)? {
        guard let digest = OpaqueToken.digest(of: presented) else { return nil }
        let now = context.time.now()
        let found = try await context.storage.read { storage -> (user: User, session: SignInSession)? in
            guard let session = try storage.credentials.session(tokenDigest: digest), session.isOpen(at: now),
                try session.isStillVouchedFor(in: storage, at: now), let user = try storage.people.user(session.user)
            else { return nil }
            return (user, session)
        }
        if let found, now - found.session.lastSeenAt >= Self.sightings { await note(found.session, seenAt: now) }
        return found
    }

    /// A sighting that can't be written down keeps nobody out.
    private func note(_ session: SignInSession, seenAt now: Instant) async {
        do {
            try await context.storage.write { storage in
                guard var seen = try storage.credentials.session(tokenDigest: session.tokenDigest) else { return }
                seen.lastSeenAt = now
                try storage.credentials.update(seen)
            }
        } catch {
            context.logger.warning("a session's sighting could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    package func end(_ presented: String) async throws {
        guard let digest = OpaqueToken.digest(of: presented) else { return }
        try await context.storage.write { try $0.credentials.removeSession(tokenDigest: digest) }
    }

    /// All that somebody is signed in with, the newest first.
    package func all(of user: User.ID) async throws -> [SignInSession] {
        let now = context.time.now()
        return try await context.storage.read { try $0.credentials.sessions(of: user).filter { $0.isOpen(at: now) && !$0.awaitsCode } }
    }

    /// Ends one of one's own sessions by its handle, at once.
    /// - Throws: `not_found` for one that is none of theirs.
    package func end(handle: String, of user: User.ID) async throws {
        try await context.storage.write { storage in
            guard let session = try storage.credentials.sessions(of: user).first(where: { $0.handle == handle }) else {
                throw DeskError.nothingThere
            }
            try storage.credentials.removeSession(tokenDigest: session.tokenDigest)
        }
    }

    /// Ends all of somebody's sessions.
    /// - Parameter kept: but this one.
    package func endAll(of user: User.ID, but kept: SignInSession? = nil) async throws {
        try await context.storage.write { storage in
            for session in try storage.credentials.sessions(of: user) where session.tokenDigest != kept?.tokenDigest {
                try storage.credentials.removeSession(tokenDigest: session.tokenDigest)
            }
        }
    }

    /// Its owner has just proved who they are.
    package func confirm(_ session: SignInSession) async throws {
        let now = context.time.now()
        try await change(session) { $0.confirmedAt = now }
    }

    private func change(_ session: SignInSession, _ body: @escaping @Sendable (inout SignInSession) -> Void) async throws {
        try await context.storage.write { storage in
            guard var changed = try storage.credentials.session(tokenDigest: session.tokenDigest) else { throw DeskError.nothingThere }
            body(&changed)
            try storage.credentials.update(changed)
        }
    }
}

extension SignInSession {
    package func isOpen(at now: Instant) -> Bool { expiresAt > now && now - lastSeenAt < Sessions.idle }

    /// Whether what it began with still holds: a provider's word goes as far as its own workspace, while the identity is linked.
    package func isStillVouchedFor(in storage: any StorageSession, at now: Instant) throws -> Bool {
        guard let id = self.provider else { return true }
        guard let provider = try storage.identities.provider(id),
            try storage.identities.linkedAt(user, in: provider.workspace) != nil
        else { return false }
        let reach = ProviderReach(of: provider.workspace, over: try storage.people.memberships(of: user), at: now)
        return awaitsCode ? reach.isMember : reach.keeps(confirmedByCode: isConfirmedByCode)
    }

    /// Whether its owner proved who they are recently enough for what is sensitive.
    package func isFresh(at now: Instant) -> Bool { now - confirmedAt < Sessions.freshness }
}
