import DeskCore
import DeskServices
package import Hummingbird
package import NIOCore

/// What travels with a request: who sends it, from where, and the one-time values of its answer.
package struct DeskRequestContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?
    /// The network address from which it came, as far as anybody can tell.
    var origin: String?
    var identity: Identity?
    /// Somebody whose password was right, and whose app's code is still to come.
    var awaitingCode: (user: User, session: SignInSession)?
    /// For the Content-Security-Policy of the answer.
    var nonce = ""
    /// Ties forms to a browser before anybody has signed in.
    var visitToken = ""

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// - Throws: `unauthenticated`.
    func requireIdentity() throws(DeskError) -> Identity {
        guard let identity else {
            throw DeskError(.unauthenticated, message: "Sign in first, or send a bearer token.")
        }
        return identity
    }

    /// For what is sensitive: somebody at a browser has to have proved lately who they are.
    /// - Parameter path: the page to come back to after the password was asked for once more.
    /// - Throws: `unauthenticated`, `ConfirmationNeeded`.
    func requireFreshIdentity(backTo path: String) throws -> Identity {
        let identity = try requireIdentity()
        guard identity.isFresh else { throw ConfirmationNeeded(path: path) }
        return identity
    }

    /// What forms of this browser must send back.
    var csrfToken: String {
        if case .browser(let session)? = identity?.proof { return session.csrfToken }
        return awaitingCode?.session.csrfToken ?? visitToken
    }

    /// A path parameter as an identifier.
    /// - Throws: `not_found` for what can't be one.
    func identifier<Subject>(_ name: String, of type: Subject.Type = Subject.self) throws(DeskError) -> Identifier<Subject> {
        guard let text = parameters.get(name), text.utf8.count <= 64, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            throw DeskError.nothingThere
        }
        return Identifier(text)
    }
}

/// The password is to be asked for once more, and then this page shown.
struct ConfirmationNeeded: Error {
    let path: String
}

/// Who sends a request, and how they proved it.
struct Identity: Sendable {
    enum Proof: Sendable {
        case browser(SignInSession)
        case bearer(AccessToken)
    }

    let user: User
    let proof: Proof
    /// When they asked.
    let askedAt: Instant

    /// Whether somebody at a browser proved lately who they are.
    var isFresh: Bool {
        if case .browser(let session) = proof { session.isFresh(at: askedAt) } else { true }
    }

    /// Whose eyes see what is answered.
    func reader(by way: Reading.Way) -> Reader { Reader(user.id, by: way) }

    /// The one workspace that a token is limited to.
    var limit: Workspace.ID? {
        if case .bearer(let token) = proof { token.workspace } else { nil }
    }
}
