import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import Testing
import WhatsAppChannel

@testable import DeskServer

/// What somebody got who listened to `/api/v1/events`.
struct HeardStream: Sendable {
    struct Event: Sendable {
        let id: Int64?
        let name: String
        let data: JSON
    }

    let headers: HTTPFields
    let text: String
    let events: [Event]

    var numbers: [Int64] { events.compactMap(\.id) }

    init(_ answer: Visitor.Answer) {
        headers = answer.headers
        text = answer.text
        events = answer.text.components(separatedBy: "\n\n").compactMap { block in
            var fields: [Substring: Substring] = [:]
            for line in block.split(separator: "\n") where !line.hasPrefix(":") {
                let pair = line.split(separator: ":", maxSplits: 1)
                if pair.count == 2 { fields[pair[0]] = pair[1].dropFirst() }
            }
            guard let name = fields["event"], let data = fields["data"] else { return nil }
            let json = (try? JSONDecoder().decode(JSON.self, from: Data(data.utf8))) ?? .null
            return Event(id: fields["id"].flatMap { Int64($0) }, name: String(name), data: json)
        }
    }
}

extension Scene {
    /// Listens while something happens, until it has all been told.
    func stream(
        _ visitor: Visitor, after lastEventID: String? = nil, while body: @escaping @Sendable () async throws -> Void
    ) async throws -> HeardStream {
        let headers: HTTPFields = lastEventID.map { [.lastEventID: $0] } ?? [:]
        async let heard = visitor.get("/api/v1/events", headers: headers)
        await eventually { parts.hub.listenerCount == 1 }
        let before = try await lastEvent()
        try await body()
        let last = try await lastEvent()
        await eventually { last == before || parts.hub.events(after: last - 1) != .complete([]) }
        parts.hub.close()
        return HeardStream(try await heard)
    }

    private func lastEvent() async throws -> Int64 {
        try await storage.read { try $0.events.bounds()?.last ?? 0 }
    }

    /// A contact wrote while the server was not running.
    func receive(_ text: String, id: String) async throws {
        let body = WhatsAppBody.texts([text], ids: [id], to: sur.inbox.account, at: time.now())
        _ = try await Receive(context, projecting: ProjectionBell()).receive(body: body, inbox: sur.inbox)
    }

    /// Lets the hub's clock beat, each time until it has done its work.
    func beat(_ count: Int) async {
        for _ in 0..<count {
            await eventually { time.waitingCount > 0 }
            time.advance(by: .seconds(1))
        }
        await eventually { time.waitingCount > 0 }
    }
}
