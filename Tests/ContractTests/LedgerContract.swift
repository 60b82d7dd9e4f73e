import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct LedgerContract {
    @Test(arguments: StorageFactory.all)
    func entriesOfManyAtOnceAreOneUnbrokenChainAWorkspace(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let first = try await SampleDesk.open(in: storage, named: "Uno")
        let second = try await SampleDesk.open(in: storage, build: first.build, named: "Dos")
        let appended = try await storage.atOnce(200) { number, session in
            let desk = number.isMultiple(of: 3) ? second : first
            let kind = LedgerEntry.Kind.allCases[number % LedgerEntry.Kind.allCases.count]
            let fact = LedgerFact(kind, "subject-\(number % 10)", number.isMultiple(of: 2) ? [:] : ["n": "\(number)", "ñ": "\u{0}\""])
            return try session.ledger.append(fact, in: desk.workspace.id, at: desk.build.now + .seconds(number))
        }
        for desk in [first, second] {
            let entries = try await storage.value { try $0.ledger.entries(of: desk.workspace.id, after: 0, limit: 1_000) }
            var chain = LedgerChain(of: desk.workspace.id)
            for entry in entries { try chain.follow(entry) }
            #expect(entries.map(\.sequence) == Array(1...Int64(entries.count)))
            #expect(Set(entries) == Set(appended.filter { $0.workspace == desk.workspace.id }))
            #expect(try await storage.value { try $0.ledger.head(of: desk.workspace.id) } == chain.head)
        }
    }

    @Test(arguments: StorageFactory.all)
    func aFailingTransactionLeavesNoGapInTheChain(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask {
                    _ = try? await desk.storage.write { session throws in
                        try session.ledger.append(LedgerFact(.messageReceived, "\(number)"), in: desk.workspace.id, at: desk.build.now)
                        if number.isMultiple(of: 3) { throw CancellationError() }
                    }
                }
            }
        }
        let entries = try await desk.storage.value { try $0.ledger.entries(of: desk.workspace.id, after: 0, limit: 100) }
        var chain = LedgerChain(of: desk.workspace.id)
        for entry in entries { try chain.follow(entry) }
        #expect(entries.count == 40)
    }

    @Test(arguments: StorageFactory.all)
    func entriesAreReadInStretchesAndBySubject(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        try await desk.storage.write { session throws in
            for number in 1...6 {
                let fact = LedgerFact(.attemptChanged, number.isMultiple(of: 2) ? "even" : "odd")
                try session.ledger.append(fact, in: desk.workspace.id, at: desk.build.now)
            }
        }
        try await desk.storage.read { session throws in
            #expect(try session.ledger.entries(of: desk.workspace.id, after: 2, limit: 3).map(\.sequence) == [3, 4, 5])
            #expect(try session.ledger.entries(about: "even", in: desk.workspace.id).map(\.sequence) == [2, 4, 6])
            #expect(try session.ledger.head(of: desk.build.id()).sequence == 0)
        }
    }
}
