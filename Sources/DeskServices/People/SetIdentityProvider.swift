package import DeskCore

/// The identity provider of a workspace, as the operator of the machine sets it: nobody else can make the server call an address inside.
package struct SetIdentityProvider: Sendable {
    private static let longestName = 40

    private let context: DeskContext
    private let providers: any IdentityProviding

    package init(_ context: DeskContext, providers: any IdentityProviding) {
        self.context = context
        self.providers = providers
    }

    package struct Request: Sendable {
        package var workspace: Workspace.ID
        package var name: String
        package var issuer: String
        package var client: String
        package var secret: Secret

        package init(workspace: Workspace.ID, name: String, issuer: String, client: String, secret: Secret) {
            self.workspace = workspace
            self.name = name
            self.issuer = issuer
            self.client = client
            self.secret = secret
        }
    }

    /// Asks the provider what it is, and sets it. The same issuer and client keep whom they vouch for; others begin anew.
    /// - Returns: what the operator should know of it, in sentences.
    /// - Throws: `provider_unsuitable` in plain words; `invalid_request`.
    package func set(_ request: Request) async throws -> (provider: IdentityProvider, remarks: [String]) {
        try Self.require(request)
        let now = context.time.now()
        let remarks = try await providers.inspect(issuer: request.issuer, at: now)
        let fresh: IdentityProvider.ID = context.identifiers.next(at: now)
        let provider = try await context.storage.write { session in
            try Self.requireFree(request, session)
            let old = try session.identities.provider(of: request.workspace)
            let isSame = old?.issuer == request.issuer && old?.client == request.client
            let provider = IdentityProvider(
                id: old.flatMap { isSame ? $0.id : nil } ?? fresh, workspace: request.workspace, name: request.name,
                issuer: request.issuer, client: request.client)
            try session.identities.set(ProviderConnection(provider: provider, secret: request.secret), at: now)
            let fact = LedgerFact(.identityProviderSet, provider.id.text, ["issuer": provider.issuer])
            try session.ledger.append(fact, in: request.workspace, at: now)
            return provider
        }
        return (provider, remarks)
    }

    package func provider(of workspace: Workspace.ID) async throws -> IdentityProvider? {
        try await context.storage.read { try $0.identities.provider(of: workspace) }
    }

    /// Ends every session that began through it, at once.
    /// - Throws: `not_found`.
    package func remove(from workspace: Workspace.ID) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            guard let provider = try session.identities.provider(of: workspace) else {
                throw DeskError(.notFound, message: "The workspace has no identity provider. Nothing was changed.")
            }
            try session.identities.remove(provider)
            try session.ledger.append(LedgerFact(.identityProviderRemoved, provider.id.text), in: workspace, at: now)
        }
    }

    private static func require(_ request: Request) throws {
        let isName = !request.name.isEmpty && request.name.count <= longestName && !request.name.contains(where: \.isNewline)
        guard isName, request.name.trimmingBlanks == request.name else {
            throw refusal("The name stands on a button: it has 1 to \(longestName) characters, on one line.")
        }
        guard !request.client.isEmpty, !request.secret.isEmpty else {
            throw refusal("A client id and a client secret are needed; the provider gives both when the desk is registered there.")
        }
    }

    /// Two buttons with one name would lead people to the wrong place.
    private static func requireFree(_ request: Request, _ session: any StorageSession) throws {
        guard try session.workspaces.workspace(request.workspace) != nil else { throw DeskError.nothingThere }
        let isTaken = try session.identities.providers().contains { $0.name == request.name && $0.workspace != request.workspace }
        guard !isTaken else { throw refusal("Another workspace's provider is called \"\(request.name)\" already: choose another name.") }
    }

    private static func refusal(_ message: String) -> DeskError { DeskError(.invalidRequest, message: message + " Nothing was changed.") }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let rest = drop { $0.isWhitespace }
        return String(rest.reversed().drop { $0.isWhitespace }.reversed())
    }
}
