import DeskCore
import Logging

/// What the operator's log says of each proof of who somebody is: who, by what, from where, and whether it held (OWASP ASVS 5.0, 16.3.1).
/// Nothing that was typed is in it: people type passwords where addresses belong.
struct SignInLog {
    enum Proof: String {
        case password, code, provider
        /// The password, asked for again before what is sensitive.
        case confirmation
    }

    let logger: Logger

    func accepted(_ proof: Proof, of user: User.ID, from place: String? = nil) {
        logger.notice("a proof of identity was accepted", metadata: Self.metadata(proof, user, place))
    }

    /// - Parameter user: whose account it was for; nil for one that does not exist.
    func refused(_ proof: Proof, of user: User.ID?, from place: String? = nil, because error: DeskError) {
        let metadata = Self.metadata(proof, user, place)
        logger.warning("a proof of identity was refused", metadata: metadata.merging(["code": "\(error.code.rawValue)"]) { $1 })
    }

    /// Notes what `body` refuses.
    func watching(_ proof: Proof, of user: User.ID?, from place: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as DeskError {
            refused(proof, of: user, from: place, because: error)
            throw error
        }
    }

    private static func metadata(_ proof: Proof, _ user: User.ID?, _ place: String?) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["proof": "\(proof.rawValue)", "user": "\(user?.text ?? "nobody")"]
        if let place { metadata["origin"] = "\(place)" }
        return metadata
    }
}

extension DeskContext {
    var signInLog: SignInLog { SignInLog(logger: logger) }
}
