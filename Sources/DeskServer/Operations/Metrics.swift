package import DeskCore
package import DeskServices
import Synchronization

/// What the program counts about itself, for Prometheus. No names, no contents: numbers only.
package final class Metrics: Sendable {
    let webhooks = Counter("contesta_webhooks_total", "Provider calls by what came of them.")
    let messagesReceived = Counter(
        "contesta_messages_received_total", "Messages that providers reported, the principal's own among them, repetitions left out.")
    let sends = Counter("contesta_sends_total", "Calls to providers by outcome.")
    let reactions = Counter("contesta_reactions_total", "Reactions put on contacts' messages or taken away, by outcome.")
    let mediaFetches = Counter("contesta_media_fetches_total", "Files fetched from providers by outcome.")
    let commits = Histogram(
        "contesta_store_commit_seconds", "Time from asking for a transaction to its durable commit.",
        bounds: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5])
    let commitFailures = Counter("contesta_store_failures_total", "Transactions that the store could not commit.")
    let startedAt: Instant

    package init(startedAt: Instant) { self.startedAt = startedAt }

    /// Counts what was committed; for whoever hears of commits.
    package func count(_ events: [DeskEvent]) {
        messagesReceived.increment(by: events.count { $0.kind == .messageReceived })
    }

    /// Everything that is counted here, in Prometheus' text format (exposition formats, version 0.0.4).
    var exposition: String {
        [webhooks, messagesReceived, sends, reactions, mediaFetches, commitFailures].map(\.exposition).joined() + commits.exposition
    }
}

/// A number that only grows, by labels.
final class Counter: Sendable {
    private let name: String
    private let help: String
    private let values = Mutex<[String: Int]>([:])

    init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }

    func increment(_ labels: [(name: String, value: String)] = [], by count: Int = 1) {
        let key = Exposition.labels(labels)
        values.withLock { $0[key, default: 0] += count }
    }

    func value(_ labels: [(name: String, value: String)] = []) -> Int {
        values.withLock { $0[Exposition.labels(labels)] ?? 0 }
    }

    var exposition: String {
        let values = values.withLock { $0 }
        let lines = values.sorted { $0.key < $1.key }.map { "\(name)\($0.key) \($0.value)\n" }
        return Exposition.head(name, help, type: "counter") + (lines.isEmpty ? "\(name) 0\n" : lines.joined())
    }
}

/// How durations are spread.
final class Histogram: Sendable {
    private struct State {
        var buckets: [Int]
        var sum: Double = 0
        var count = 0
    }

    private let name: String
    private let help: String
    /// Upper ends in seconds, ascending.
    private let bounds: [Double]
    private let state: Mutex<State>

    init(_ name: String, _ help: String, bounds: [Double]) {
        self.name = name
        self.help = help
        self.bounds = bounds
        state = Mutex(State(buckets: Array(repeating: 0, count: bounds.count)))
    }

    func observe(_ duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        state.withLock { state in
            if let bucket = bounds.firstIndex(where: { seconds <= $0 }) { state.buckets[bucket] += 1 }
            state.sum += seconds
            state.count += 1
        }
    }

    /// The upper end of the bucket below which this part of all lies, in seconds; nil before the first. What lies beyond the last bucket
    /// counts as its end.
    func quantile(_ part: Double) -> Double? {
        let state = state.withLock { $0 }
        guard state.count > 0 else { return nil }
        var total = 0
        for (bound, count) in zip(bounds, state.buckets) {
            total += count
            if Double(total) >= part * Double(state.count) { return bound }
        }
        return bounds.last
    }

    var exposition: String {
        let state = state.withLock { $0 }
        var total = 0
        let lines = zip(bounds, state.buckets).map { bound, count in
            total += count
            return "\(name)_bucket{le=\"\(bound)\"} \(total)\n"
        }
        return Exposition.head(name, help, type: "histogram") + lines.joined() + "\(name)_bucket{le=\"+Inf\"} \(state.count)\n"
            + "\(name)_sum \(state.sum)\n\(name)_count \(state.count)\n"
    }
}

/// Prometheus' text format.
enum Exposition {
    static func head(_ name: String, _ help: String, type: String) -> String { "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n" }

    static func gauge(_ name: String, _ help: String, _ value: some CustomStringConvertible) -> String {
        head(name, help, type: "gauge") + "\(name) \(value)\n"
    }

    static func labels(_ labels: [(name: String, value: String)]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { label in
            let value = label.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(label.name)=\"\(value)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }
}
