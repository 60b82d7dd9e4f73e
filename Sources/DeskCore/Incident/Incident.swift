/// A stretch of time in which an inbox may have missed what its contacts wrote (promise P1: nothing is lost, and where something may be,
/// it is said). Only a person's word clears it.
package struct Incident: Hashable, Sendable {
    package typealias ID = Identifier<Incident>

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The program was stopped, for less time than the provider goes on trying: what came meanwhile comes again by itself.
        case stopped
        /// Nothing was heard for longer than the provider goes on trying, or than is usual for this inbox: something may be lost.
        case deaf
    }

    /// Whose word cleared it, and the word.
    package struct Clearing: Hashable, Sendable {
        package let user: User.ID
        package let word: String
        package let at: Instant

        package init(by user: User.ID, word: String, at instant: Instant) {
            self.user = user
            self.word = word
            at = instant
        }
    }

    /// In Unicode scalars.
    package static let longestWord = 500

    package let id: ID
    package let workspace: Workspace.ID
    package let inbox: Inbox.ID
    package let kind: Kind
    package let beganAt: Instant
    /// Nil while it goes on.
    package private(set) var endedAt: Instant?
    package let noticedAt: Instant
    package private(set) var clearing: Clearing?

    package init(
        id: ID, workspace: Workspace.ID, inbox: Inbox.ID, kind: Kind, beganAt: Instant, endedAt: Instant?, noticedAt: Instant,
        clearing: Clearing? = nil
    ) {
        self.id = id
        self.workspace = workspace
        self.inbox = inbox
        self.kind = kind
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.noticedAt = noticedAt
        self.clearing = clearing
    }

    /// The channel was heard again. The incident stays, for a person to see.
    package mutating func end(at instant: Instant) {
        guard endedAt == nil else { return }
        endedAt = max(instant, beganAt)
    }

    /// - Throws: `invalid_request` without a word, with an overlong one, or when somebody cleared it before.
    package mutating func clear(by user: User.ID, word: String, at instant: Instant) throws(DeskError) {
        guard clearing == nil else {
            throw DeskError(.invalidRequest, message: "Somebody has cleared this already. Nothing was changed.")
        }
        guard word.contains(where: { !$0.isWhitespace }), word.unicodeScalars.count <= Self.longestWord else {
            throw DeskError(
                .invalidRequest,
                message: "Say in 1 to \(Self.longestWord) characters what was done about it. Nothing was changed.")
        }
        clearing = Clearing(by: user, word: word, at: instant)
    }
}
