package import DeskCore

/// The way to mail servers, for whoever connects a mailbox.
package protocol MailboxConnecting: Sendable {
    /// Those that can be chosen where an address does not tell.
    var providers: [MailProvider] { get }

    /// Whose mailbox it is, by the address alone.
    func provider(of address: String) -> MailProvider?

    /// Signs in to both servers; nothing is stored, sent, or marked as read.
    /// - Parameter told: hears of each step that went well, as soon as it is done.
    func tryOut(_ request: MailboxRequest, telling told: @escaping @Sendable (MailboxFinding) async -> Void) async -> MailboxOutcome

    /// Where a browser goes to allow this desk into a mailbox; nil for an address that may not be gone to.
    /// - Parameter permission: what is asked for, and where.
    func permissionAddress(for permission: MailboxPermission, state: String, verifier: Secret, returningTo address: String) -> String?

    /// Exchanges the code that a browser brought back for a refresh token.
    /// - Throws: `mailbox_permission`, in plain words.
    func refreshToken(
        for code: Secret, verifier: Secret, permission: MailboxPermission, returningTo address: String
    ) async throws(DeskError) -> Secret
}

/// A mailbox that somebody wants to connect.
package struct MailboxRequest: Sendable {
    /// What they gave; what is missing is found out.
    package let settings: [String: String]
    package let secrets: [String: Secret]
    /// As they chose it; nil: by the address.
    package let provider: MailProvider?

    package init(settings: [String: String], secrets: [String: Secret], provider: MailProvider? = nil) {
        self.settings = settings
        self.secrets = secrets
        self.provider = provider
    }
}

/// How a trial ended.
package enum MailboxOutcome: Sendable {
    case letIn(TriedMailbox)
    /// `renewed`: secrets that came in the place of those that were given, and which alone are good from now on.
    case failed(MailboxFinding, renewed: [String: Secret] = [:])
}

/// Permission to use a mailbox, as it is asked for by OAuth.
package struct MailboxPermission: Sendable {
    package let authorizationURL: String
    package let tokenURL: String
    package let scope: String
    package let parameters: [String: String]
    package let clientID: String
    package let clientSecret: Secret?
    /// Whose mailbox; the provider's page has it filled in.
    package let address: String

    package init(
        authorizationURL: String, tokenURL: String, scope: String, parameters: [String: String], clientID: String, clientSecret: Secret?,
        address: String
    ) {
        self.authorizationURL = authorizationURL
        self.tokenURL = tokenURL
        self.scope = scope
        self.parameters = parameters
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.address = address
    }
}

extension DeskError.Code {
    /// The provider gave no permission, or none that lasts.
    package static let mailboxPermission = Self("mailbox_permission")
}
