import DeskCore
package import DeskServices
import Synchronization

/// A store that can be told to refuse its next writes, as one whose disk is full.
package final class UnreliableStorage: Storage {
    private let storage: any Storage
    private let refusals = Mutex(0)
    private let doubts = Mutex(0)

    package init(_ storage: any Storage) { self.storage = storage }

    /// Makes the next writes fail, and nothing of them stored.
    package func refuse(writes: Int) { refusals.withLock { $0 = writes } }

    /// Makes the next writes fail, though everything of them is stored: the connection was lost at the commit.
    package func doubt(writes: Int) { doubts.withLock { $0 = writes } }

    /// How many writes it would still refuse.
    package var remainingRefusals: Int { refusals.withLock { $0 } }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.read(body)
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        let isRefused = refusals.withLock { refusals in
            guard refusals > 0 else { return false }
            refusals -= 1
            return true
        }
        guard !isRefused else {
            throw DeskError(.storageUnavailable, message: "The disk is full, says the test.", isTransient: true)
        }
        let value = try await storage.write(body)
        let isDoubtful = doubts.withLock { doubts in
            defer { doubts = max(0, doubts - 1) }
            return doubts > 0
        }
        guard !isDoubtful else {
            throw DeskError(.storageUnavailable, message: "The connection was lost at the commit, says the test.", isTransient: true)
        }
        return value
    }

    package func checkReadiness() async throws { try await storage.checkReadiness() }
}
