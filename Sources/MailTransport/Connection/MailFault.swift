/// Why a conversation with a mail server ended, or came to nothing.
package struct MailFault: Error, Hashable, Sendable {
    package enum Kind: String, Sendable, Hashable {
        /// No address, no route, nobody listening.
        case unreachable
        /// TLS was not agreed, or the server did not prove its name.
        case insecure
        /// The server does not take these credentials.
        case unauthenticated
        /// The server said no, or that it can't now.
        case refused
        /// The connection ended in the middle.
        case disconnected
        /// Nothing was heard for too long.
        case timedOut
        /// What was said is not the protocol, or more than anybody should say.
        case garbled
    }

    /// What of it a person can mend, where the network's library tells.
    package enum Cause: String, Sendable, Hashable {
        /// No such name, or no address of it.
        case nameUnknown
        /// Nobody trusted vouches for the server, or for another name only.
        case certificate
    }

    package let kind: Kind
    package let cause: Cause?
    /// For the operator: what happened, with the server's words where it had any, on one line, without control characters.
    package let reason: String
    /// Whether the same may go well later; false where a person has to change something.
    package let isTransient: Bool

    private static let longestReason = 300

    package init(_ kind: Kind, _ reason: String, cause: Cause? = nil, isTransient: Bool? = nil) {
        self.kind = kind
        self.cause = cause
        self.reason = String(
            reason.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : Character($0) }.prefix(Self.longestReason))
        self.isTransient = isTransient ?? ![.insecure, .unauthenticated].contains(kind)
    }
}
