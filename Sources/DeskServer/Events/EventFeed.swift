import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The loop behind every event stream, of programs and of pages: what was missed since the client's last number from the store, then
/// what happens now, without a gap between them. Ends when the client leaves, the server stops, or the viewer's sight changes.
struct EventFeed: Sendable {
    /// What a stream has to tell next.
    enum Delivery: Sendable, Hashable {
        /// Events that the viewer may see, in order; several when they came close together or the client was away.
        case events([DeskEvent])
        /// What the client missed is no longer kept: it should read everything anew.
        case reset
        /// The stream has begun; the words change with what the viewer may see.
        case opened(sight: String)
        /// Something has left the viewer's sight.
        case narrowed
    }

    /// Makes the blocks to send. Numbers are added by the feed.
    typealias Render = @Sendable (Delivery) async throws -> [ServerSentEvent]

    private static let stretch = 500

    let context: DeskContext
    let hub: EventHub

    /// Answers a request for an event stream.
    /// - Throws: `unauthenticated`; `agreement_required` for whoever may read nothing for want of a signature.
    func answer(_ request: Request, _ context: DeskRequestContext, render: @escaping Render) async throws -> Response {
        let viewer = try context.requireIdentity().viewer
        let caller = try Caller(context)
        let scope = try await self.context.storage.read { try caller.scope($0) }
        let listener = EventListener(viewer: viewer, scope: scope)
        let start = ResumePoint(request)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
            body: ResponseBody { writer in
                try await stream(to: &writer, from: start, for: listener, body: request.body, render)
                try await writer.finish(nil)
            })
    }

    private func stream(
        to writer: inout any ResponseBodyWriter, from start: ResumePoint, for listener: EventListener, body: RequestBody,
        _ render: @escaping Render
    ) async throws {
        var run = FeedRun(feed: self, listener: listener, render: render, writer: writer)
        try await withGracefulShutdownHandler {
            try await body.consumeWithInboundCloseHandler { _ in
                try await hub.withListener(listener) { try await run.run(from: start) }
            } onInboundClosed: {
                listener.end()
            }
        } onGracefulShutdown: {
            listener.ring(.closing)
        }
    }

    /// Events after a number: from memory, or where that begins later, from the store.
    fileprivate func events(after sequence: Int64) async throws -> (events: [DeskEvent], isAll: Bool) {
        switch hub.events(after: sequence) {
        case .complete(let events): return (events, true)
        case .forgotten:
            let events = try await context.storage.read { try $0.events.events(after: sequence, limit: Self.stretch) }
            return (events, events.isEmpty)
        }
    }

    /// What of these a viewer may know of. Where the viewer sees a part of a workspace only, each conversation is looked at as it is now.
    /// - Returns: `isNarrower` when something may just have left the viewer's sight.
    fileprivate func visible(_ events: [DeskEvent], through scope: Scope) async throws -> (events: [DeskEvent], isNarrower: Bool) {
        let covered = events.filter { scope.covers($0.workspace) }
        let ids = Set(covered.filter { scope.sights[$0.workspace]?.grant.isPartial ?? true }.compactMap(\.conversation)).sorted()
        guard !ids.isEmpty else { return (covered, false) }
        let hidden = try await context.storage.read { session in
            try ids.filter { id in
                let conversation = try session.conversations.conversation(id)
                let matter = try conversation.flatMap { try Authorization(session, at: context.time.now()).matter(of: $0) }
                return matter.map { !scope.covers($0) } ?? true
            }
        }
        let left = covered.contains { $0.kind == .sightChanged && $0.conversation.map(hidden.contains) ?? false }
        return (covered.filter { $0.conversation.map { !hidden.contains($0) } ?? true }, left)
    }

    fileprivate func stored(after sequence: Int64) async throws -> (events: [DeskEvent], isAll: Bool) {
        let events = try await context.storage.read { try $0.events.events(after: sequence, limit: Self.stretch) }
        return (events, events.count < Self.stretch)
    }

    /// Where a client goes on.
    enum ResumePoint: Sendable, Hashable {
        case now
        case after(Int64)
        case unreadable

        init(_ request: Request) {
            let text = request.headers[.lastEventID] ?? URLEncoded.parse(request.uri.query ?? "")["last_event_id"]
            guard let text, !text.isEmpty else {
                self = .now
                return
            }
            self = Int64(text).map { $0 >= 0 ? .after($0) : .unreadable } ?? .unreadable
        }

        /// The number to go on after, by what the store still has.
        /// - Returns: `isGapless` is false when something between may be lost.
        func position(in bounds: (first: Int64, last: Int64)?) -> (sequence: Int64, isGapless: Bool) {
            let last = bounds?.last ?? 0
            switch self {
            case .now: return (last, true)
            case .unreadable: return (last, false)
            case .after(let sequence):
                let isKept = bounds.map { sequence >= $0.first - 1 && sequence <= $0.last } ?? (sequence == 0)
                return isKept ? (sequence, true) : (last, false)
            }
        }
    }
}

/// One stream from its first byte to its last.
private struct FeedRun {
    private static let reconnection = Duration.seconds(1)

    let feed: EventFeed
    let listener: EventListener
    let render: EventFeed.Render
    var writer: any ResponseBodyWriter
    private var position: Int64 = 0

    init(feed: EventFeed, listener: EventListener, render: @escaping EventFeed.Render, writer: any ResponseBodyWriter) {
        self.feed = feed
        self.listener = listener
        self.render = render
        self.writer = writer
    }

    mutating func run(from start: EventFeed.ResumePoint) async throws {
        try await open(start)
        try await catchUp(feed.stored)
        for await call in listener.calls {
            try await catchUp(feed.events)
            if call.contains(.closing) { return }
            if call.contains(.heartbeat) { try await write([ServerSentEvent(id: position, comment: "")]) }
        }
    }

    private mutating func open(_ start: EventFeed.ResumePoint) async throws {
        let bounds = try await feed.context.storage.read { try $0.events.bounds().map { Bounds(first: $0.first, last: $0.last) } }
        let (sequence, isGapless) = start.position(in: bounds.map { ($0.first, $0.last) })
        position = sequence
        try await write([ServerSentEvent(id: position, retry: Self.reconnection)])
        try await deliver(.opened(sight: listener.scope.words))
        if !isGapless { try await deliver(.reset) }
    }

    private struct Bounds: Sendable {
        let first: Int64
        let last: Int64
    }

    private mutating func catchUp(_ read: (Int64) async throws -> (events: [DeskEvent], isAll: Bool)) async throws {
        while !listener.hasEnded {
            let (events, isAll) = try await read(position)
            if let last = events.last {
                position = last.sequence
                let visible = try await feed.visible(events, through: listener.scope)
                if visible.isNarrower { try await deliver(.narrowed) }
                if !visible.events.isEmpty { try await deliver(.events(visible.events)) }
            }
            if isAll { return }
        }
    }

    private mutating func deliver(_ delivery: EventFeed.Delivery) async throws {
        var blocks = try await rendered(delivery)
        if !blocks.isEmpty, blocks[blocks.count - 1].id == nil { blocks[blocks.count - 1].id = position }
        try await write(blocks)
    }

    /// A page that falls silent shows nobody why; the log does.
    private func rendered(_ delivery: EventFeed.Delivery) async throws -> [ServerSentEvent] {
        do {
            return try await render(delivery)
        } catch {
            feed.context.logger.warning("an event stream ended: its next piece could not be made", metadata: ["error": "\(error)"])
            throw error
        }
    }

    private mutating func write(_ blocks: [ServerSentEvent]) async throws {
        guard !blocks.isEmpty, !listener.hasEnded else { return }
        try await writer.write(ByteBuffer(string: blocks.map(\.text).joined()))
    }
}
