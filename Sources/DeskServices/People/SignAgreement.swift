package import DeskCore

/// A member's signature under the workspace's confidentiality agreement; before it, nothing of the workspace is shown (promise P5).
package struct SignAgreement: Sendable {
    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    /// The text in force, for whoever is a member, signed or not.
    /// - Throws: `not_found` for whoever is not.
    package func agreement(
        of workspace: Workspace.ID, for user: User.ID
    ) async throws -> (agreement: Agreement, workspace: Workspace, membership: Membership) {
        try await context.storage.read { session in
            let membership = try Self.membership(of: user, in: workspace, session)
            guard let agreement = try session.workspaces.agreement(of: workspace),
                let workspace = try session.workspaces.workspace(workspace)
            else { throw DeskError.nothingThere }
            return (agreement, workspace, membership)
        }
    }

    /// - Throws: `unauthenticated` for a wrong password, `too_many_attempts` after several; `stale_agreement` when another version is in force; `invalid_request`.
    package func sign(
        _ version: Int, of workspace: Workspace.ID, by user: User, typedName: String, password: Secret
    ) async throws {
        let (agreement, _, _) = try await agreement(of: workspace, for: user.id)
        guard agreement.version == version else { throw Self.stale }
        try PersonRules.require(name: typedName)
        try await SignIn(context, passwords: passwords).confirm(password, of: user)
        let now = context.time.now()
        let salt = context.chance.bytes(LedgerCommitment.saltLength).hexadecimal
        try await context.storage.write { session in
            var signed = try Self.membership(of: user.id, in: workspace, session)
            guard try session.workspaces.agreement(of: workspace)?.version == version else { throw Self.stale }
            signed.signedAgreement = version
            signed.signatureSalt = salt
            try session.people.update(signed)
            let details = [
                "version": String(version), "text": agreement.digest,
                "signed_text": Digest.of(AgreementText.filled(agreement.text, [.member: user.name])),
                "typed_name": LedgerCommitment(salt: salt).typedName(typedName),
            ]
            try session.ledger.append(LedgerFact(.agreementSigned, user.id.text, details), in: workspace, at: now)
        }
    }

    /// Looked up again when the signature is stored: comparing a password takes long enough for somebody to be revoked meanwhile.
    private static func membership(of user: User.ID, in workspace: Workspace.ID, _ session: any StorageSession) throws -> Membership {
        let membership = try session.people.memberships(of: user).first { $0.workspace == workspace }
        guard let membership, membership.revokedAt == nil else { throw DeskError.nothingThere }
        return membership
    }

    private static let stale = DeskError(
        .staleAgreement, message: "The agreement changed meanwhile. Nothing was signed; read the new version first.")
}

extension DeskError.Code {
    package static let staleAgreement = Self("stale_agreement")
}
