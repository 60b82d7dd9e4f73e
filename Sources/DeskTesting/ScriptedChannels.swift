package import DeskCore
package import DeskServices
import Synchronization

/// Channels that send nothing: they record what they were asked to do, and answer as a test has written down.
package final class ScriptedChannels: ChannelGateway {
    /// One call of `send`.
    package struct Sent: Hashable, Sendable {
        package let message: OutboundMessage
        package let inbox: Inbox.ID
    }

    private struct State {
        var sent: [Sent] = []
        var read: [String] = []
        var reactions: [ReactionCall] = []
        var typing: [String] = []
        var outcomes: [SendOutcome] = []
        var fetches: [MediaFetch] = []
        var waits: [Duration?] = []
        var readings: [[UInt8]: [ChannelEvent]] = [:]
    }

    private let state = Mutex(State())
    private let channelLimits: ChannelLimits
    private let reading: @Sendable ([UInt8]) -> [ChannelEvent]

    /// - Parameters:
    ///   - limits: of every channel.
    ///   - reading: what there is to read in requests that nothing was scripted for.
    package init(
        limits: ChannelLimits = ChannelLimits(
            maximumTextLength: 4_096, maximumCaptionLength: 1_024, maximumAttachments: 1, replyWindow: .hours(24)),
        reading: @escaping @Sendable ([UInt8]) -> [ChannelEvent] = { _ in [] }
    ) {
        channelLimits = limits
        self.reading = reading
    }

    /// Everything that was handed over to be sent, in order.
    package var sent: [Sent] { state.withLock { $0.sent } }
    /// The provider's ids that were marked as read, in order.
    package var markedRead: [String] { state.withLock { $0.read } }

    /// The reactions that were handed over, in order.
    package var reactions: [ReactionCall] { state.withLock { $0.reactions } }
    /// The provider's ids of the messages beneath which somebody was shown to write, in order.
    package var shownTyping: [String] { state.withLock { $0.typing } }

    /// How the next calls of `send` and `react` end, in turn. When none is left, a call is accepted under the id `sent-1`, `sent-2` …
    package func script(_ outcomes: SendOutcome...) {
        state.withLock { $0.outcomes += outcomes }
    }

    /// How the next calls of `fetch` end, in turn. When none is left, the file is stored under 64 zeros.
    package func script(fetches: MediaFetch...) {
        state.withLock { $0.fetches += fetches }
    }

    /// What the next calls of `reserve` answer, in turn. When none is left, there is no wait.
    package func script(waits: Duration?...) {
        state.withLock { $0.waits += waits }
    }

    /// What there is to read in a request.
    package func script(_ events: [ChannelEvent], in body: [UInt8]) {
        state.withLock { $0.readings[body] = events }
    }

    package func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent] {
        state.withLock { $0.readings[body] } ?? reading(body)
    }

    /// There is one channel that is known.
    package func limits(of channel: ChannelName) -> ChannelLimits? { channel == .whatsApp ? channelLimits : nil }

    package func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? {
        mediaType.hasPrefix("application/x-") ? nil : 16_000_000
    }

    package func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        state.withLock { state in
            state.sent.append(Sent(message: message, inbox: connection.inbox.id))
            return state.outcomes.isEmpty ? .accepted(providerID: "sent-\(state.sent.count)") : state.outcomes.removeFirst()
        }
    }

    package func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        state.withLock { state in
            guard state.fetches.isEmpty else { return state.fetches.removeFirst() }
            return .stored(blob: String(repeating: "0", count: 64), byteCount: 1, mediaType: attachment.mediaType)
        }
    }

    package func markRead(providerID: String, through connection: InboxConnection) async {
        state.withLock { $0.read.append(providerID) }
    }

    package func abilities(of channel: ChannelName) -> Set<ChannelAbility> { Set(ChannelAbility.allCases) }

    package func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        state.withLock { state in
            state.reactions.append(call)
            return state.outcomes.isEmpty ? .accepted(providerID: "reaction-\(state.reactions.count)") : state.outcomes.removeFirst()
        }
    }

    package func showTyping(answering providerID: String, through connection: InboxConnection) async {
        state.withLock { $0.typing.append(providerID) }
    }

    package func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration? {
        state.withLock { $0.waits.isEmpty ? nil : $0.waits.removeFirst() }
    }
}
