package import DeskCore

/// What people do with a conversation besides answering. None of it ends an obligation, but the recorded “no answer needed”.
package struct TendConversation: Sendable {
    private static let longestNote = 20_000

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Ends what is owed by a person's word (promise P2).
    /// - Parameter version: what the person had seen; nil skips the check.
    /// - Throws: `invalid_request` without a reason or without anything owed; `stale_conversation`.
    package func noAnswerNeeded(_ id: Conversation.ID, reason: String, seenVersion version: Int?, by user: User.ID) async throws {
        try await change(id, for: .reply, by: user) { session, conversation, now in
            if let version { try conversation.requireVersion(version) }
            let word = try NoAnswerNeeded(member: user, reason: reason, at: now)
            try obligations(of: conversation, session, now).noAnswerNeeded(word, in: conversation)
        }
    }

    /// Takes the last “no answer needed” back: what it ended is owed again, with its original age.
    /// - Throws: `invalid_request` when there was none; `already_sent` when an answer went out since.
    package func takeBackNoAnswerNeeded(_ id: Conversation.ID, by user: User.ID) async throws {
        try await change(id, for: .reply, by: user) { session, conversation, now in
            try obligations(of: conversation, session, now).takeBackNoAnswerNeeded(in: conversation.id, by: user)
        }
    }

    private func obligations(of conversation: Conversation, _ session: any StorageSession, _ now: Instant) throws -> ObligationBook {
        guard let workspace = try session.workspaces.workspace(conversation.workspace) else { throw DeskError.nothingThere }
        return ObligationBook(
            session: session, identifiers: context.identifiers, workspace: workspace.id,
            answerTarget: try context.answerTargets(of: workspace).target(of: conversation.inbox, session), now: now)
    }

    /// Takes a conversation, gives it to somebody, or lays it back for anybody.
    /// - Throws: `invalid_request` when `assignee` is no member who may answer there.
    package func assign(_ id: Conversation.ID, to assignee: User.ID?, by user: User.ID) async throws {
        try await change(id, for: assignee == user ? .reply : .handOver, by: user) { session, conversation, now in
            conversation.assignee = assignee
            try session.events.append(
                DeskEvent(workspace: conversation.workspace, kind: .sightChanged, conversation: id, at: now))
            if let assignee {
                do {
                    try Authorization(session, at: now).require(.reply, on: conversation, of: assignee)
                } catch {
                    throw DeskError(.invalidRequest, message: "This person can't answer in this conversation. Nothing was changed.")
                }
            }
        }
    }

    /// Lets a conversation rest until a time. What is owed stays owed, with its clock.
    package func snooze(_ id: Conversation.ID, until instant: Instant?, by user: User.ID) async throws {
        try await change(id, for: .reply, by: user) { _, conversation, now in
            if let instant, instant <= now {
                throw DeskError(.invalidRequest, message: "The time to snooze until has passed. Nothing was changed.")
            }
            conversation.snoozedUntil = instant
        }
    }

    /// Writes an internal note: it never leaves.
    /// - Throws: `invalid_request` for an empty or overlong one.
    package func addNote(_ text: String, to id: Conversation.ID, by user: User.ID) async throws -> Message {
        guard text.contains(where: { !$0.isWhitespace }), text.unicodeScalars.count <= Self.longestNote else {
            throw DeskError(.invalidRequest, message: "A note has 1 to \(Self.longestNote) characters. Nothing was stored.")
        }
        let now = context.time.now()
        return try await context.storage.write { [context] session in
            var conversation = try Authorization(session, at: now).conversation(id, for: .reply, by: user)
            let note = Message(
                id: context.identifiers.next(at: now), conversation: id, position: conversation.admit(.note, sentAt: now), direction: .note,
                content: MessageContent(kind: .text, text: text), sentAt: now, receivedAt: now, author: user)
            _ = try session.messages.insert(note, workspace: conversation.workspace, inbox: conversation.inbox, replyKey: nil)
            try session.conversations.update(conversation)
            try session.events.append(
                DeskEvent(workspace: conversation.workspace, kind: .noteAdded, conversation: id, message: note.id, at: now))
            return note
        }
    }

    /// Keeps what somebody is writing, so that it is there on their next screen.
    package func keepDraft(_ text: String, in id: Conversation.ID, by user: User.ID) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            _ = try Authorization(session, at: now).conversation(id, for: .reply, by: user)
            try session.conversations.setDraft(text, of: id, by: user, at: now)
        }
    }

    private func change(
        _ id: Conversation.ID, for action: Policy.Action, by user: User.ID,
        _ body: @escaping @Sendable (any StorageSession, inout Conversation, Instant) throws -> Void
    ) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            var conversation = try Authorization(session, at: now).conversation(id, for: action, by: user)
            try body(session, &conversation, now)
            try session.conversations.update(conversation)
            try session.events.append(
                DeskEvent(workspace: conversation.workspace, kind: .conversationChanged, conversation: id, at: now))
        }
    }
}
