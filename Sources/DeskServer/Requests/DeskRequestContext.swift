import DeskCore
import DeskServices
package import Hummingbird
package import NIOCore

/// What travels with a request: who sends it, from where, and the one-time values of its answer.
package struct DeskRequestContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?
    var identity: Identity?
    /// For the Content-Security-Policy of the answer.
    var nonce = ""
    /// Ties forms to a browser before anybody has signed in.
    var visitToken = ""

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    var origin: String { remoteAddress?.ipAddress ?? "unknown" }

    /// - Throws: `unauthenticated`.
    func requireIdentity() throws(DeskError) -> Identity {
        guard let identity else {
            throw DeskError(.unauthenticated, message: "Sign in first, or send a bearer token.")
        }
        return identity
    }

    /// What forms of this browser must send back.
    var csrfToken: String {
        if case .browser(let session)? = identity?.proof { session.csrfToken } else { visitToken }
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

/// Who sends a request, and how they proved it.
struct Identity: Sendable {
    enum Proof: Sendable {
        case browser(SignInSession)
        case bearer(AccessToken)
    }

    let user: User
    let proof: Proof

    /// The one workspace that a token is limited to.
    var limit: Workspace.ID? {
        if case .bearer(let token) = proof { token.workspace } else { nil }
    }
}
