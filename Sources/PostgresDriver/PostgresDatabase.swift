package import DeskCore
package import DeskServices
package import SQLStore

/// A PostgreSQL database: one connection that writes, whose commits are grouped, a few that read, and one that listens to other servers.
package final class PostgresDatabase: SQLDatabase {
    private let address: PostgresAddress
    private let writer: ConnectionLane
    private let readers: ConnectionLane
    private let relay: EventRelay
    private let listener: EventListener
    private let commits: GroupCommit

    /// Connections are made when they are needed.
    /// - Parameters:
    ///   - readers: how many reads go on at once; further ones wait.
    ///   - isServer: whether this is the one program that serves from the database.
    ///   - onCommit: gets the events of each commit right after it, in order; with `listen`, also those of other servers.
    /// - Throws: `storage_unavailable`.
    package init(
        _ address: PostgresAddress, readers width: Int = 4, isServer: Bool = false, onCommit: @escaping @Sendable ([DeskEvent]) -> Void
    ) throws(DeskError) {
        self.address = address
        let relay = EventRelay(onCommit: onCommit)
        let listener = try EventListener(address, relay: relay, isServer: isServer)
        let writer = ConnectionLane("writer", width: 1, longestQueue: 8_192) { PostgresConnection(address, for: .writing) }
        readers = ConnectionLane("reader", width: width, longestQueue: 8_192, longestTurn: SessionSettings.longestTurn) {
            PostgresConnection(address, for: .reading)
        }
        commits = GroupCommit(longestTurn: SessionSettings.longestTurn) { events in
            if !relay.pass(own: events) { listener.wake() }
        } schedule: { work in
            try writer.schedule(work)
        }
        (self.relay, self.listener, self.writer) = (relay, listener, writer)
    }

    deinit {
        writer.abandon()
        readers.abandon()
        listener.abandon()
    }

    package var schemaWords: SchemaWords {
        SchemaWords(
            text: "TEXT COLLATE \"C\"", bool: "BOOLEAN", int64: "BIGINT", json: "TEXT", blob: "BYTEA",
            identity: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", strict: "", clustered: "",
            wordIndex: PostgresWordIndex.definition,
            canAlterConstraints: true)
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try readers.schedule { connection in continuation.resume(with: Result { try connection.read(body) }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    @discardableResult
    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await commits.write(body)
    }

    /// Begins to hand on what other servers commit from now on. The schema must be there.
    /// - Throws: `storage_unavailable`; `data_in_use` when another program serves from the database.
    package func listen() async throws {
        let last = try await read { try $0.first(EventChannel.lastNumber)?.integer("sequence") ?? 0 }
        relay.begin(after: last)
        listener.start()
        let deadline = ContinuousClock.now + ServerLock.patience
        while listener.state != .following {
            guard ContinuousClock.now < deadline else { throw refusal }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private var refusal: DeskError {
        if case .refused(let error) = listener.state { error } else { PostgresFailure.lostConnection }
    }

    package func describe() async throws -> String {
        let settings = try await read { connection in
            try ServerSettings.names.map { name in
                "\(name) = \(try connection.first("SELECT current_setting(\(name)) AS value")?.text("value") ?? "?")"
            }
        }
        let version = try await read { try $0.first("SHOW server_version")?.text("server_version") ?? "?" }
        return "PostgreSQL \(version) at \(address), \(settings.joined(separator: ", "))"
    }

    package func close() async {
        await writer.close()
        await readers.close()
        await listener.close()
    }
}
