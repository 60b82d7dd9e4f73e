import DeskCore
package import DeskServices

/// A store that is timed: how long commits take, and how often none could be made.
package struct MeteredStorage: Storage {
    private let storage: any Storage
    private let metrics: Metrics

    package init(_ storage: any Storage, metrics: Metrics) {
        self.storage = storage
        self.metrics = metrics
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.read(body)
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        do {
            let value = try await storage.write(body)
            metrics.commits.observe(ContinuousClock.now - start)
            return value
        } catch let error as DeskError where error.code == .storageUnavailable {
            metrics.commitFailures.increment()
            throw error
        }
    }

    package func checkReadiness() async throws { try await storage.checkReadiness() }
}
