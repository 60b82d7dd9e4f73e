import DeskCore
import DeskServices
import DeskTesting
import PostgresDriver
import SQLStore
import SQLiteDriver
import Testing

/// SQLite and PostgreSQL give the same answer to the same question, whatever was asked before.
@Suite struct DifferentialTests {
    /// What a call came to, as a caller sees it.
    private enum Outcome: Equatable, CustomStringConvertible {
        case value(AnyHashable)
        case refusal(DeskError.Code)
        case failure

        var description: String {
            switch self {
            case .value(let value): "\(value.base)"
            case .refusal(let code): "refused: \(code.rawValue)"
            case .failure: "failed"
            }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func bothDatabasesAnswerAlike(_ seed: UInt64) async throws {
        let database = try await PostgresCluster.shared().database()
        let postgres = try await PostgresStorage.open(database.address, vault: .sample(), readers: 1) { _ in }
        let sqlite = try await SQLiteStorage.inMemory(vault: .sample())
        var desk = RandomDesk(seed: seed)
        for number in 1...400 {
            let step = desk.next()
            let expected = await outcome(of: step, in: sqlite)
            let found = await outcome(of: step, in: postgres)
            try #require(
                expected == found, "seed \(seed), call \(number), \(step.name): SQLite gives \(expected), PostgreSQL gives \(found)")
            if case .value(let value) = expected, value != AnyHashable(false) { step.learn(&desk) }
        }
        await postgres.close()
    }

    private func outcome(of step: RandomDesk.Step, in storage: any Storage) async -> Outcome {
        do {
            let value = try await step.isWrite ? storage.write(step.body) : storage.read(step.body)
            return .value(AnyHashable(value))
        } catch let error as DeskError {
            return .refusal(error.code)
        } catch {
            return .failure
        }
    }
}
