import Crypto
import DeskCore
import Synchronization

/// Holds the master key, and remembers the keys that it has opened, in memory only.
package final class Vault: Sendable {
    private struct State {
        var keys: [KeyID: NamedKey] = [:]
        var workspaces: [Workspace.ID: WorkspaceKeys] = [:]
        var inboxes: [Inbox.ID: Workspace.ID] = [:]
    }

    /// Contacts and conversations whose keys are at hand.
    private static let mostRemembered = 100_000

    let master: MasterKey
    private let state = Mutex(State())

    package init(_ master: MasterKey) { self.master = master }

    func key(_ id: KeyID) -> NamedKey? { state.withLock { $0.keys[id] } }
    func keys(of workspace: Workspace.ID) -> WorkspaceKeys? { state.withLock { $0.workspaces[workspace] } }
    func workspace(of inbox: Inbox.ID) -> Workspace.ID? { state.withLock { $0.inboxes[inbox] } }

    /// Takes over what a read has opened, or a transaction that is committed; before that, its keys may never come to be.
    func remember(_ ring: KeyRing) {
        let (keys, workspaces, inboxes) = (ring.opened, ring.workspaces, ring.inboxes)
        state.withLock { state in
            if state.keys.count + keys.count > Self.mostRemembered { state.keys = [:] }
            state.keys.merge(keys) { $1 }
            // The first one stays: its memory of words is warm.
            state.workspaces.merge(workspaces) { known, _ in known }
            state.inboxes.merge(inboxes) { known, _ in known }
        }
    }

    /// After something was erased.
    func forget(_ ids: [KeyID]) {
        state.withLock { state in
            for id in ids { state.keys[id] = nil }
        }
    }
}
