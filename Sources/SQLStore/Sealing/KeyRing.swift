import Crypto
import DeskCore
import Synchronization

/// The keys that one read or one transaction has used: whatever it read can be opened with them.
final class KeyRing: Sendable {
    /// The key of a contact or a conversation.
    struct Subject: Sendable {
        let key: NamedKey
        let workspace: Workspace.ID
    }

    private struct State {
        var keys: [KeyID: NamedKey] = [:]
        var workspaces: [Workspace.ID: WorkspaceKeys] = [:]
        /// Not for longer than the transaction: until it is committed, nobody else knows these keys.
        var subjects: [String: Subject] = [:]
        var inboxes: [Inbox.ID: Workspace.ID] = [:]
    }

    private let state = Mutex(State())

    func key(_ id: KeyID) -> NamedKey? { state.withLock { $0.keys[id] } }
    func keep(_ key: NamedKey) { state.withLock { $0.keys[key.id] = key } }

    func keys(of workspace: Workspace.ID) -> WorkspaceKeys? { state.withLock { $0.workspaces[workspace] } }

    func keep(_ keys: WorkspaceKeys, of workspace: Workspace.ID) {
        state.withLock { state in
            state.workspaces[workspace] = keys
            state.keys[keys.seal.id] = keys.seal
        }
    }

    func subject(_ name: String) -> Subject? { state.withLock { $0.subjects[name] } }

    func keep(_ subject: Subject, of name: String) {
        state.withLock { state in
            state.subjects[name] = subject
            state.keys[subject.key.id] = subject.key
        }
    }

    func workspace(of inbox: Inbox.ID) -> Workspace.ID? { state.withLock { $0.inboxes[inbox] } }
    func keep(_ workspace: Workspace.ID, of inbox: Inbox.ID) { state.withLock { $0.inboxes[inbox] = workspace } }

    /// After it was destroyed.
    func forget(_ id: KeyID, of subject: String) {
        state.withLock { state in
            state.keys[id] = nil
            state.subjects[subject] = nil
        }
    }

    /// After a part was undone, which may have made keys.
    func forgetSubjects() {
        state.withLock { state in
            (state.subjects, state.workspaces) = ([:], [:])
        }
    }

    var workspaces: [Workspace.ID: WorkspaceKeys] { state.withLock(\.workspaces) }
    var inboxes: [Inbox.ID: Workspace.ID] { state.withLock(\.inboxes) }
    var opened: [KeyID: NamedKey] { state.withLock(\.keys) }
}
