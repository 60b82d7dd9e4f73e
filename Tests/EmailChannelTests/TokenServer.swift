import ChannelKit
import DeskCore
import Synchronization

@testable import EmailChannel

/// A token endpoint that answers what it was told to, in this order, and remembers what it was asked.
final class TokenServer: Egress {
    enum Answer: Sendable {
        case token(String, refresh: String? = nil, seconds: Int = 3_600)
        case error(Int, String)
        case silence
    }

    private let state: Mutex<(answers: [Answer], bodies: [String])>
    /// Asked before each answer, so that others can come in between.
    private let pause: @Sendable () async -> Void

    init(_ answers: [Answer], pause: @escaping @Sendable () async -> Void = { await Task.yield() }) {
        state = Mutex((answers, []))
        self.pause = pause
    }

    var bodies: [String] { state.withLock { $0.bodies } }

    func perform(_ request: EgressRequest) async throws(EgressFailure) -> EgressResponse {
        let answer = state.withLock { state -> Answer? in
            state.bodies.append(String(decoding: request.body, as: UTF8.self))
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        await pause()
        switch answer {
        case .token(let token, let refresh, let seconds):
            let more = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
            let body = #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":\#(seconds)\#(more)}"#
            return EgressResponse(status: 200, body: Array(body.utf8))
        case .error(let status, let code): return EgressResponse(status: status, body: Array(#"{"error":"\#(code)"}"#.utf8))
        case .silence, nil: throw EgressFailure(.mayHaveArrived, "silence")
        }
    }
}
