/// What is looked at when a mailbox is tried, in this order.
package enum MailboxStep: String, Sendable, Hashable, CaseIterable {
    /// Reaching the server of incoming mail, and signing in.
    case reading
    case folders
    /// Where the answers from other mail programs are.
    case sentFolder = "sent_folder"
    /// Whether the server says by itself that something came.
    case news
    /// Reaching the server of outgoing mail, and signing in; nothing is sent.
    case sending
}

/// Why a mailbox could not be connected, by what a person can do about it.
package enum MailboxProblem: String, Sendable, Hashable, CaseIterable {
    case passwordRefused = "password_refused"
    /// The provider takes only a password that was made for this program.
    case appPasswordNeeded = "app_password_needed"
    /// The provider takes no password, or no longer knows the permission that it gave.
    case signInNeeded = "sign_in_needed"
    case nameUnknown = "name_unknown"
    /// Nobody listens there, or something on the way lets nothing through.
    case unreachable
    case tooSlow = "too_slow"
    /// Nobody who is trusted here vouches for the server's name.
    case notTrusted = "not_trusted"
    /// The server speaks no TLS there.
    case unprotected
    case refused
    /// What answers is no mail server of that kind, or it broke off.
    case notUnderstood = "not_understood"
    /// A setting is missing, or can't be right.
    case settings
}

/// What came of one step.
package struct MailboxFinding: Hashable, Sendable {
    package enum Result: Hashable, Sendable {
        case good
        /// It works, though not as well as it could.
        case weak
        case bad(MailboxProblem)
    }

    package let step: MailboxStep
    package let result: Result
    /// A folder's name, a number, or the server and its words; never a secret.
    package let detail: String

    package init(_ step: MailboxStep, _ result: Result, detail: String = "") {
        self.step = step
        self.result = result
        self.detail = detail
    }

    package var problem: MailboxProblem? {
        if case .bad(let problem) = result { problem } else { nil }
    }
}

/// What a mailbox that was tried is.
package struct TriedMailbox: Hashable, Sendable {
    /// All that connects it, with what was found out.
    package let settings: [String: String]
    /// With a refresh token that came in the place of the one that was given.
    package let secrets: [String: Secret]
    package let mailCount: Int

    package init(settings: [String: String], secrets: [String: Secret], mailCount: Int) {
        self.settings = settings
        self.secrets = secrets
        self.mailCount = mailCount
    }
}
