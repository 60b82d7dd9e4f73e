import Crypto

/// One fact, chained to all before it (promise P9). Holds no content: what can be erased is here only as a salted digest.
package struct LedgerEntry: Hashable, Sendable {
    /// What kinds of fact are recorded; raw values are part of the export's format.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case workspaceCreated = "workspace_created"
        case memberJoined = "member_joined"
        case memberChanged = "member_changed"
        case memberRevoked = "member_revoked"
        case tokenRevoked = "token_revoked"
        case identityProviderSet = "identity_provider_set"
        case identityProviderRemoved = "identity_provider_removed"
        case identityLinked = "identity_linked"
        case identityUnlinked = "identity_unlinked"
        case contactClassified = "contact_classified"
        case contactErased = "contact_erased"
        case contactExported = "contact_exported"
        case retentionChanged = "retention_changed"
        case agreementPublished = "agreement_published"
        case agreementSigned = "agreement_signed"
        case inboxConnected = "inbox_connected"
        case messageReceived = "message_received"
        case eventQuarantined = "event_quarantined"
        case obligationOpened = "obligation_opened"
        case obligationEnded = "obligation_ended"
        case obligationReopened = "obligation_reopened"
        case obligationEscalated = "obligation_escalated"
        case commitmentMade = "commitment_made"
        case commitmentEnded = "commitment_ended"
        case commitmentReopened = "commitment_reopened"
        case commitmentEscalated = "commitment_escalated"
        case answerPolicyChanged = "answer_policy_changed"
        case replyRecorded = "reply_recorded"
        case replyUndone = "reply_undone"
        case attemptChanged = "attempt_changed"
        case reactionRecorded = "reaction_recorded"
        case reactionChanged = "reaction_changed"
        case principalAnswered = "principal_answered"
        case unknownDecided = "unknown_decided"
        case eventRetried = "event_retried"
        case incidentOpened = "incident_opened"
        case incidentCleared = "incident_cleared"
        case backupRestored = "backup_restored"
        case deliveryReleased = "delivery_released"
        case summaryPlanned = "summary_planned"
        case summarySent = "summary_sent"
    }

    package let workspace: Workspace.ID
    /// 1, 2, 3 … without gaps in a workspace.
    package let sequence: Int64
    package let at: Instant
    package let kind: Kind
    /// The id of what it is about.
    package let subject: String
    /// Further ids and words, in key order; never content.
    package let details: [String: String]
    /// The hash of the entry before; 64 zeros for the first.
    package let previousHash: String
    /// SHA-256 in lower-case hexadecimal over the canonical bytes of everything above.
    package let hash: String

    /// Restores one as stored, right or wrong; `LedgerChain` tells.
    package init(
        workspace: Workspace.ID, sequence: Int64, at: Instant, kind: Kind, subject: String, details: [String: String],
        previousHash: String, hash: String
    ) {
        self.workspace = workspace
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.subject = subject
        self.details = details
        self.previousHash = previousHash
        self.hash = hash
    }

    /// What the hash should be.
    package var computedHash: String {
        var encoder = CanonicalEncoder()
        encoder.append(workspace.text)
        encoder.append(sequence)
        encoder.append(at.microseconds)
        encoder.append(kind.rawValue)
        encoder.append(subject)
        for (key, value) in details.sorted(by: { $0.key < $1.key }) {
            encoder.append(key)
            encoder.append(value)
        }
        encoder.append(previousHash)
        return SHA256.hash(data: encoder.bytes).hexadecimal
    }
}

/// A fact that is about to be chained.
package struct LedgerFact: Hashable, Sendable {
    package let kind: LedgerEntry.Kind
    package let subject: String
    package let details: [String: String]

    package init(_ kind: LedgerEntry.Kind, _ subject: String, _ details: [String: String] = [:]) {
        self.kind = kind
        self.subject = subject
        self.details = details
    }
}

/// The newest entry of a workspace's ledger: stands for all of it.
package struct LedgerHead: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let sequence: Int64
    package let hash: String

    package init(workspace: Workspace.ID, sequence: Int64, hash: String) {
        self.workspace = workspace
        self.sequence = sequence
        self.hash = hash
    }

    /// The head of a ledger without entries.
    package init(emptyLedgerOf workspace: Workspace.ID) {
        self.init(workspace: workspace, sequence: 0, hash: String(repeating: "0", count: 64))
    }

    /// The entry that records a fact right after this head.
    package func recording(_ fact: LedgerFact, at instant: Instant) -> LedgerEntry {
        let unhashed = LedgerEntry(
            workspace: workspace, sequence: sequence + 1, at: instant, kind: fact.kind, subject: fact.subject, details: fact.details,
            previousHash: hash, hash: "")
        return LedgerEntry(
            workspace: workspace, sequence: sequence + 1, at: instant, kind: fact.kind, subject: fact.subject, details: fact.details,
            previousHash: hash, hash: unhashed.computedHash)
    }
}

/// Walks a ledger from its first entry and finds the first that does not follow.
package struct LedgerChain: Sendable {
    package private(set) var head: LedgerHead

    package init(of workspace: Workspace.ID) { head = LedgerHead(emptyLedgerOf: workspace) }

    /// Goes on after an entry that was followed before.
    package init(after head: LedgerHead) { self.head = head }

    /// - Throws: `LedgerFault` naming the first entry that is missing, altered or not chained to the one before.
    package mutating func follow(_ entry: LedgerEntry) throws(LedgerFault) {
        guard entry.sequence == head.sequence + 1, entry.workspace == head.workspace else {
            throw .missing(expected: head.sequence + 1, found: entry.sequence)
        }
        guard entry.previousHash == head.hash else { throw .notChained(sequence: entry.sequence) }
        guard entry.computedHash == entry.hash else { throw .altered(sequence: entry.sequence) }
        head = LedgerHead(workspace: entry.workspace, sequence: entry.sequence, hash: entry.hash)
    }
}
