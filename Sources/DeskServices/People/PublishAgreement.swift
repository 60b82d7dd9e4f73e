package import DeskCore

/// The principal's confidentiality text: its versions, and a new one, which everybody has to sign before they see anything again.
package struct PublishAgreement: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// One published text.
    package struct Version: Sendable {
        package let agreement: Agreement
        package let publishedAt: Instant
        /// How many who are members now have this version as their newest signature.
        package let signatures: Int
    }

    /// The newest first.
    /// - Throws: `not_found`, `out_of_grant`.
    package func versions(of workspace: Workspace.ID, for user: User.ID) async throws -> [Version] {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            let members = try session.people.members(of: workspace).map(\.membership).filter { $0.isInForce(at: now) }
            return try session.workspaces.agreements(of: workspace).map { agreement, publishedAt in
                let signatures = members.count { $0.signedAgreement == agreement.version }
                return Version(agreement: agreement, publishedAt: publishedAt, signatures: signatures)
            }
        }
    }

    /// How a text will read; nothing is stored.
    /// - Parameter date: today, as the text is to say it.
    /// - Throws: `not_found`, `out_of_grant`, `invalid_request`.
    package func preview(_ template: String, of workspace: Workspace.ID, date: String, by user: User) async throws -> String {
        let now = context.time.now()
        try AgreementText.require(template)
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user.id)
            return try Self.filled(template, workspace, date, user, session)
        }
    }

    /// - Parameter seen: the version that was in force when the text was written.
    /// - Throws: `not_found`, `out_of_grant`, `invalid_request`; `stale_agreement` when another was published meanwhile.
    package func publish(
        _ template: String, after seen: Int, of workspace: Workspace.ID, date: String, by user: User
    ) async throws -> Agreement {
        let now = context.time.now()
        try AgreementText.require(template)
        return try await context.storage.write { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user.id)
            let newest = try session.workspaces.agreement(of: workspace)?.version ?? 0
            guard newest == seen else {
                throw DeskError(.staleAgreement, message: "Another version was published meanwhile. Nothing was published; read it first.")
            }
            let text = try Self.filled(template, workspace, date, user, session)
            let agreement = Agreement(workspace: workspace, version: newest + 1, text: text, digest: Digest.of(text))
            try session.workspaces.insert(agreement, at: now)
            let details = ["by": user.id.text, "version": String(agreement.version), "text": agreement.digest]
            try session.ledger.append(LedgerFact(.agreementPublished, workspace.text, details), in: workspace, at: now)
            return agreement
        }
    }

    private static func filled(
        _ template: String, _ workspace: Workspace.ID, _ date: String, _ user: User, _ session: any StorageSession
    ) throws -> String {
        guard let place = try session.workspaces.workspace(workspace) else { throw DeskError.nothingThere }
        return AgreementText.filled(template, [.desk: place.name, .principal: user.name, .date: date])
    }
}
