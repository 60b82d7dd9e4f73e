import ArgumentParser
import DeskCore
import DeskServices
import Foundation
import SQLStore
import SQLiteDriver

/// `contesta replay`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Go through what providers sent once more.",
        discussion: """
            --check builds everything anew in memory from the raw events and compares it with the store, which stays as it is. Exit 0: \
            the same. Exit 1: not; the first difference is named. Run it while little comes in: what arrives meanwhile may differ.
            --quarantined tries every event again that could not be understood, as after an upgrade.
            """)

    @Flag(help: "Compare the store with what the raw events say.")
    var check = false

    @Flag(help: "Try the events in quarantine again.")
    var quarantined = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard check != quarantined else { throw ValidationError("Give either --check or --quarantined.") }
    }

    func run() async throws {
        try await store.withDesk { desk in
            if check { try await compare(desk) } else { try await retryAll(desk) }
        }
    }

    private func compare(_ desk: Desk) async throws {
        let scratch = try await SQLiteStorage.inMemory(vault: Vault(try MasterKey.make().key))
        let finding = try await ReplayCheck(desk.context, scratch: scratch).check()
        guard let difference = finding.difference else {
            let rest = finding.skipped.isEmpty ? "" : "; not compared, since raw events were removed: \(finding.skipped.count) workspace(s)"
            return print("the same: \(finding.messages) messages, from \(finding.events) raw events\(rest)")
        }
        let parts = difference.parts.isEmpty ? "" : " (\(difference.parts.joined(separator: ", ")))"
        print("\(difference.kind.rawValue): message \(difference.providerID) of inbox \(difference.inbox)\(parts)")
        throw ExitCode(1)
    }

    private func retryAll(_ desk: Desk) async throws {
        var outcomes: [String: Int] = [:]
        for raw in try await all(desk) {
            let outcome = try await RetryEvent(desk.context).retryAsOperator(raw.id, in: raw.workspace)
            outcomes[outcome.word, default: 0] += 1
        }
        guard !outcomes.isEmpty else { return print("Nothing is in quarantine.") }
        print(outcomes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
    }

    private func all(_ desk: Desk) async throws -> [RawEvent] {
        try await desk.context.storage.read { session in
            try session.inboxes.all().flatMap { try session.rawEvents.quarantined(of: $0) }
        }
    }
}
