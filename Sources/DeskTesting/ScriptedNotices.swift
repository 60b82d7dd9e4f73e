package import DeskCore
package import DeskServices
import Synchronization

/// A way to principals that keeps what was sent, and ends as a test has written down.
package final class ScriptedNotices: NoticeGateway {
    private let state = Mutex<(sent: [PrincipalNotice], outcomes: [SendOutcome])>(([], []))

    package init() {}

    /// Everything that was handed over, in order.
    package var sent: [PrincipalNotice] { state.withLock { $0.sent } }

    /// How the next calls end, in turn. When none is left, a notice is accepted.
    package func script(_ outcomes: SendOutcome...) { state.withLock { $0.outcomes += outcomes } }

    package func carriesNotices(_ channel: ChannelName) -> Bool { true }

    package func send(_ notice: PrincipalNotice, through connection: InboxConnection) async -> SendOutcome {
        state.withLock { state in
            state.sent.append(notice)
            return state.outcomes.isEmpty ? .accepted(providerID: notice.id) : state.outcomes.removeFirst()
        }
    }
}
