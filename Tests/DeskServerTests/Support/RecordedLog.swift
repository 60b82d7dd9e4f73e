import Logging
import Synchronization

/// A log that remembers what was written.
final class RecordedLog: Sendable {
    struct Line: Sendable {
        let message: String
        let metadata: [String: String]
    }

    private let written = Mutex<[Line]>([])

    var lines: [Line] { written.withLock { $0 } }

    var logger: Logger { Logger(label: "test", factory: { _ in Handler(log: self) }) }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let line = Line(message: "\(event.message)", metadata: all.mapValues { "\($0)" })
            log.written.withLock { $0.append(line) }
        }
    }
}
