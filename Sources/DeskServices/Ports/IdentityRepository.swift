package import DeskCore

/// Identity providers of workspaces, whom they vouch for, and who is on the way there and back.
package protocol IdentityRepository {
    /// Takes the place of the workspace's provider. Of another one, everything goes; of the same one, links and sessions stay.
    func set(_ connection: ProviderConnection, at instant: Instant) throws
    func provider(_ id: IdentityProvider.ID) throws -> IdentityProvider?
    func provider(of workspace: Workspace.ID) throws -> IdentityProvider?
    /// All of them, by name.
    func providers() throws -> [IdentityProvider]
    /// With its secret.
    func connection(of id: IdentityProvider.ID) throws -> ProviderConnection?
    /// With its links, and the sessions and sign-ins that began through it.
    func remove(_ provider: IdentityProvider) throws

    /// - Returns: false, and changes nothing, when the identity is somebody's already, or the user has one of the provider.
    func link(_ identity: ProvenIdentity, to user: User.ID, through provider: IdentityProvider, at instant: Instant) throws -> Bool
    func user(linkedTo identity: ProvenIdentity, through provider: IdentityProvider) throws -> User.ID?
    /// When the user's identity of a workspace's provider was linked.
    func linkedAt(_ user: User.ID, in workspace: Workspace.ID) throws -> Instant?
    /// Removes a user's link in a workspace, with the sessions that they began through its provider.
    func unlink(_ user: User.ID, in workspace: Workspace.ID) throws

    /// Forgets those whose time is over.
    func insert(_ begun: BegunSignIn, at instant: Instant) throws
    /// Takes it out: of many who ask at once, one gets it.
    func take(stateDigest: String) throws -> BegunSignIn?
}

/// A way to a provider that has not come back yet; kept by digests only.
package struct BegunSignIn: Hashable, Sendable {
    package let stateDigest: String
    /// Of the cookie of the browser that must come back.
    package let browserDigest: String
    package let provider: IdentityProvider.ID
    /// To link an identity to the account that is signed in here, and nowhere else; nil to sign in.
    package let linkingSession: String?
    /// Where the person wanted to go.
    package let next: String
    package let expiresAt: Instant

    package init(
        stateDigest: String, browserDigest: String, provider: IdentityProvider.ID, linkingSession: String? = nil, next: String = "/",
        expiresAt: Instant
    ) {
        self.stateDigest = stateDigest
        self.browserDigest = browserDigest
        self.provider = provider
        self.linkingSession = linkingSession
        self.next = next
        self.expiresAt = expiresAt
    }
}
