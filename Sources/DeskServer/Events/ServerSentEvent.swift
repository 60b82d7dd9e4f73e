import DeskCore

/// One block of an event stream (HTML Living Standard, section 9.2, “Server-sent events”).
struct ServerSentEvent: Sendable, Hashable {
    /// What the client says in `Last-Event-ID` when it comes back.
    var id: Int64?
    var name: String?
    var data: String?
    var comment: String?
    /// How long a client should wait before it comes back.
    var retry: Duration?

    init(id: Int64? = nil, name: String? = nil, data: String? = nil, comment: String? = nil, retry: Duration? = nil) {
        self.id = id
        self.name = name
        self.data = data
        self.comment = comment
        self.retry = retry
    }

    /// The block's text. Names never hold line ends; comments and data may.
    var text: String {
        var lines = Self.lines(of: comment).map { ": \($0)" }
        if let retry { lines.append("retry: \(retry.wholeMicroseconds / 1_000)") }
        if let id { lines.append("id: \(id)") }
        if let name { lines.append("event: \(name)") }
        lines += Self.lines(of: data).map { "data: \($0)" }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func lines(of text: String?) -> [Substring] {
        text?.split(omittingEmptySubsequences: false) { ["\n", "\r", "\r\n"].contains($0) } ?? []
    }
}
