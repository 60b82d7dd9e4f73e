import ArgumentParser
import DeskCore
import DeskServices
import Foundation

/// `contesta delivery`.
struct DeliveryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delivery", abstract: "Sending after a restored backup.", subcommands: [DeliveryRelease.self])
}

/// `contesta delivery release`.
struct DeliveryRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a restored desk send again.",
        discussion: """
            Sends what was written since the restore. Replies that may have gone since the backup stay unknown until a person decides \
            about each: releasing sends none of them. A running server goes on within seconds.
            """)

    @Option(help: "Only this workspace, by its name or id; else all that are on hold.")
    var workspace: String?

    @Flag(help: "Say that you have looked, and mean it.")
    var yes = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withDesk { desk in
            let held = try await held(desk)
            guard !held.isEmpty else { return print("Nothing is on hold.") }
            guard yes else {
                throw DeskError(
                    .invalidRequest,
                    message: "\(held.count) workspace(s) are on hold since a backup was restored. Nothing was changed; look under "
                        + "\"To decide\" first, then say --yes.")
            }
            for workspace in held {
                let release = try await HoldDelivery(desk.context).releaseAsOperator(workspace.id)
                print("released: \(workspace.name); \(release.undecided) reply(ies) still wait for a person's decision")
            }
        }
    }

    private func held(_ desk: Desk) async throws -> [Workspace] {
        try await desk.context.storage.read { session in
            let holds = Set(try session.operations.holds().map(\.workspace))
            guard let name = workspace else { return try session.workspaces.all().filter { holds.contains($0.id) } }
            guard let named = try session.workspaces.workspace(named: name) else {
                throw DeskError(.notFound, message: "There is no workspace \(name). Nothing was changed.")
            }
            return holds.contains(named.id) ? [named] : []
        }
    }
}
