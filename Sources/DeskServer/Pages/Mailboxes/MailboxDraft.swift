import DeskCore
import DeskServices

/// A mailbox that somebody is connecting: what they typed, and how far its trial is.
struct MailboxDraft: Sendable {
    enum State: Sendable {
        /// Its password is still missing.
        case asked
        case underWay([MailboxFinding])
        case failed([MailboxFinding])
        case connected(Inbox, mailCount: Int, [MailboxFinding])
    }

    /// A browser's way to the provider and back.
    struct Journey: Sendable {
        let state: String
        let verifier: Secret
        let permission: MailboxPermission
    }

    let id: String
    let user: User.ID
    let workspace: Workspace.ID
    let address: String
    var name: String
    /// As typed; empty ones are missing.
    var settings: [String: String] = [:]
    /// As chosen; nil: by the address.
    var provider: MailProvider?
    var secrets: [String: Secret] = [:]
    /// What was typed for a permission, to be filled in again.
    var permission: [String: String] = [:]
    var state = State.asked
    var journey: Journey?
    var changedAt: Instant

    init(id: String, user: User.ID, workspace: Workspace.ID, address: String, at now: Instant) {
        self.id = id
        self.user = user
        self.workspace = workspace
        self.address = address
        name = address
        changedAt = now
    }

    var request: MailboxRequest {
        MailboxRequest(settings: settings.merging(["address": address]) { $1 }, secrets: secrets, provider: provider)
    }

    var findings: [MailboxFinding] {
        switch state {
        case .asked: []
        case .underWay(let findings), .failed(let findings), .connected(_, _, let findings): findings
        }
    }

    var isUnderWay: Bool { if case .underWay = state { true } else { false } }
}
