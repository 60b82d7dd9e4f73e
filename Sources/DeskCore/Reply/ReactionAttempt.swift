/// One try to put a reaction of ours on a contact's message, or to take it away: recorded before the provider is called, and moved on
/// by what is learnt.
///
/// It is not an `Attempt`: a provider keeps at most one reaction of ours on a message, so that the same call made twice leaves what
/// one call leaves, and a reaction ends no obligation. Nothing is retried by itself all the same.
package struct ReactionAttempt: Hashable, Sendable, Codable {
    package typealias ID = Identifier<ReactionAttempt>

    package enum Act: String, Hashable, Sendable, Codable { case put, remove }

    package enum State: Hashable, Sendable, Codable {
        case sending
        case accepted
        case failed(DeliveryFailure)
        /// Nobody knows whether the provider took it; its report, or another try of a person, decides.
        case unknown(reason: String)

        package var name: String {
            switch self {
            case .sending: "sending"
            case .accepted: "accepted"
            case .failed: "failed"
            case .unknown: "unknown"
            }
        }
    }

    /// After this nobody waits for the answer of a call any more.
    private static let longestCall = Duration.minutes(2)

    package let id: ID
    package let act: Act
    package let author: User.ID
    package let startedAt: Instant
    package private(set) var state: State

    package init(id: ID, act: Act, author: User.ID, startedAt: Instant, state: State = .sending) {
        self.id = id
        self.act = act
        self.author = author
        self.startedAt = startedAt
        self.state = state
    }

    /// The state as it can be told now: whoever was calling when the program stopped can't tell how the call ended.
    package func state(at now: Instant) -> State {
        guard state == .sending, now - startedAt >= Self.longestCall else { return state }
        return .unknown(reason: "The program stopped while the provider was being called.")
    }

    /// What is learnt never undoes what is known better: a failure that the provider reports later outranks its acceptance.
    mutating func learn(_ news: State) {
        switch (state, news) {
        case (.sending, _), (.unknown, .accepted), (.unknown, .failed), (.accepted, .failed): state = news
        case (.unknown, _), (.accepted, _), (.failed, _): return
        }
    }
}

/// Names a reaction's attempt to the provider, which carries it back in its reports.
package struct ReactionReference: Hashable, Sendable {
    private static let mark = "reaction"

    package let message: Message.ID
    package let attempt: ReactionAttempt.ID

    package init(message: Message.ID, attempt: ReactionAttempt.ID) {
        self.message = message
        self.attempt = attempt
    }

    /// - Returns: nil for what names no reaction.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.mark else { return nil }
        self.init(message: Message.ID(String(parts[1])), attempt: ReactionAttempt.ID(String(parts[2])))
    }

    package var text: String { "\(Self.mark):\(message.text):\(attempt.text)" }
}
