package import DeskCore

/// The agreements that somebody has signed, every version and each time, as the ledger has it: a copy for both sides.
package struct SignedAgreements: Sendable {
    /// One signature.
    package struct Copy: Sendable, Hashable {
        package let workspace: Workspace
        /// Who the other side is now.
        package let principalName: String
        package let member: User
        package let agreement: Agreement
        /// The text with the member's name in it.
        package let text: String
        /// What the ledger says of it; the name that was typed stands there as a salted commitment only.
        package let entry: LedgerEntry

        /// SHA-256 of the text that was signed.
        package var digest: String { entry.details["signed_text"] ?? entry.details["text"] ?? "" }
        /// Whether this text is what was signed, to the letter; not so for somebody whose name is another one since.
        package var isAsSigned: Bool { digest == Digest.of(text) || digest == agreement.digest }
    }

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// One's own, in every workspace, also in those where one's membership has ended; the newest first in each.
    package func own(of user: User) async throws -> [Copy] {
        try await context.storage.read { session in
            try session.people.memberships(of: user.id).flatMap { try Self.copies(of: user, in: $0.workspace, session) }
        }
    }

    /// - Parameter entry: the number of the ledger's entry.
    /// - Throws: `not_found` for what is none of theirs.
    package func own(_ entry: Int64, in workspace: Workspace.ID, of user: User) async throws -> Copy {
        try await context.storage.read { session in try Self.copy(entry, of: user, in: workspace, session) }
    }

    /// A member's, the newest first: for the principal.
    /// - Throws: `not_found`, `out_of_grant`.
    package func all(of member: User.ID, in workspace: Workspace.ID, for user: User.ID) async throws -> [Copy] {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            return try Self.copies(of: try Self.member(member, in: workspace, session), in: workspace, session)
        }
    }

    /// - Throws: `not_found`, `out_of_grant`.
    package func copy(_ entry: Int64, of member: User.ID, in workspace: Workspace.ID, for user: User.ID) async throws -> Copy {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            return try Self.copy(entry, of: try Self.member(member, in: workspace, session), in: workspace, session)
        }
    }

    private static func member(_ id: User.ID, in workspace: Workspace.ID, _ session: any StorageSession) throws -> User {
        guard let member = try session.people.members(of: workspace).first(where: { $0.user.id == id }) else {
            throw DeskError.nothingThere
        }
        return member.user
    }

    private static func copy(_ entry: Int64, of user: User, in workspace: Workspace.ID, _ session: any StorageSession) throws -> Copy {
        guard let copy = try copies(of: user, in: workspace, session).first(where: { $0.entry.sequence == entry }) else {
            throw DeskError.nothingThere
        }
        return copy
    }

    private static func copies(of user: User, in id: Workspace.ID, _ session: any StorageSession) throws -> [Copy] {
        guard let workspace = try session.workspaces.workspace(id) else { return [] }
        let principal = try session.people.members(of: id).first { $0.membership.role == .principal }?.user.name ?? workspace.name
        let agreements = try session.workspaces.agreements(of: id).map(\.agreement)
        let entries = try session.ledger.entries(about: user.id.text, in: id).filter { $0.kind == .agreementSigned }
        return entries.reversed().compactMap { entry in
            agreements.first { entry.details["version"] == String($0.version) }.map { agreement in
                Copy(
                    workspace: workspace, principalName: principal, member: user, agreement: agreement,
                    text: AgreementText.filled(agreement.text, [.member: user.name]), entry: entry)
            }
        }
    }
}
