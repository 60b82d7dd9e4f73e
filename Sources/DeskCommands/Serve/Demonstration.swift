import DeskCore
import DeskServices
import DeskWeb
import Foundation
import Logging
import ProviderSimulators
import ServiceLifecycle

/// A made-up business, with simulated channels whose contacts go on writing.
struct Demonstration: Sendable {
    let samplePeople: [SignInPage.SamplePerson]
    let services: [any Service]
    private let port: AsyncStream<Int>.Continuation

    /// Fills an empty desk; takes up one that was filled before.
    /// - Throws: `not_empty` for a desk that is somebody's, which stays as it is.
    static func prepare(_ desk: Desk, logger: Logger) async throws -> Demonstration {
        switch try await state(of: desk) {
        case .empty:
            print("  Making up a bakery and its last days. This takes a few seconds, the first time only.")
            fflush(nil)
            try await DemoSeed(desk, now: desk.context.time.now()).plant()
        case .planted: break
        case .unfinished: throw unfinished
        case .foreign: throw foreign
        }
        return try await Demonstration(desk, logger: logger)
    }

    private init(_ desk: Desk, logger: Logger) async throws {
        samplePeople = DemoBusiness.Person.everyone.map(\.signIn)
        let (ports, port) = AsyncStream<Int>.makeStream()
        self.port = port
        let inboxes = try await desk.context.storage.read { try $0.inboxes.all() }
        let lines = DemoBusiness.Number.allCases.compactMap { number in
            inboxes.first { $0.account == number.account.phoneNumberID }.map { inbox in
                DemoLife.Line(
                    number: number, inbox: inbox,
                    service: MetaSimulatorService(
                        settings: MetaSimulatorSettings(account: number.account, behaviour: Self.behaviour), logger: logger))
            }
        }
        let life = DemoLife(
            context: desk.context, lines: lines, port: ports, talk: DemoTalk(stories: Stories.all, seed: 1), logger: logger)
        services = lines.map(\.service) + [life]
    }

    /// The days that were made up are not in the simulator's memory.
    private static var behaviour: MetaBehaviour {
        var behaviour = MetaBehaviour()
        behaviour.takesReactionsToThePast = true
        return behaviour
    }

    /// Tells the neighbours where the desk is.
    func serverIsRunning(port: Int) async {
        self.port.yield(port)
        self.port.finish()
    }

    // MARK: What is there already

    enum State: Hashable, Sendable {
        case empty, planted
        /// The program stopped while it was being filled.
        case unfinished
        /// Somebody's own.
        case foreign
    }

    static func state(of desk: Desk) async throws -> State {
        try await desk.context.storage.read { session in
            let workspaces = try session.workspaces.all()
            guard !workspaces.isEmpty else { return .empty }
            let accounts = Set(try session.inboxes.all().map { $0.isSimulated ? $0.account : "" })
            let isOurs = try session.people.user(email: DemoBusiness.Person.marta.email) != nil && workspaces.count == 1
            guard isOurs, accounts.isSubset(of: DemoBusiness.Number.allCases.map(\.account.phoneNumberID)) else { return .foreign }
            return try session.rawEvents.quarantinedCount() > 0 ? .planted : .unfinished
        }
    }

    /// Whether the people and channels of a desk are the demonstration's, however it was started.
    static func isMadeUp(_ desk: Desk) async throws -> Bool {
        switch try await state(of: desk) {
        case .planted, .unfinished: true
        case .empty, .foreign: false
        }
    }

    private static let foreign = DeskError(
        DeskError.Code("not_empty"),
        message: "--demo wants an empty folder, and this one holds somebody's desk. Nothing was changed; name another with --data.")

    private static let unfinished = DeskError(
        DeskError.Code("not_empty"),
        message: "--demo wants an empty folder, and this one holds a demonstration that was stopped while it was being made. "
            + "Delete the folder, or name another with --data.")
}
