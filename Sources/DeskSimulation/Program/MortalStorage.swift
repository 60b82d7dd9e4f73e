import DeskCore
import DeskServices

/// The store as one life of the program sees it: it may die at every edge of a transaction, and the disk may refuse.
struct MortalStorage: Storage {
    let storage: any Storage
    let life: Life
    let weather: Weather
    let executor: SimulationExecutor

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try life.requireAlive()
        await executor.giveWay()
        let value = try await storage.read(body)
        try life.requireAlive()
        return value
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try passEdge("before a transaction")
        if weather.brings(\.refusedWrites) { throw DeskError.simulated("the disk is full") }
        let value = try await storage.write { [self] session in
            try life.requireAlive()
            let value = try body(session)
            try passEdge("before a commit")
            if weather.brings(\.failedCommits) { throw DeskError.simulated("the commit failed") }
            return value
        }
        try passEdge("after a commit")
        return value
    }

    func checkReadiness() async throws { try await storage.checkReadiness() }

    private func passEdge(_ place: String) throws {
        if weather.brings(\.deathsAtTransactions) { life.die(place) }
        try life.requireAlive()
    }
}

extension DeskError {
    fileprivate static func simulated(_ reason: String) -> DeskError {
        DeskError(.storageUnavailable, message: "Nothing was stored: \(reason), says the simulation.", isTransient: true)
    }
}
