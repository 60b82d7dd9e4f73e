import ArgumentParser
import DeskCore
import DeskServices

/// `contesta token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for programs that act for a user.", subcommands: [TokenCreate.self])
}

/// `contesta token create`.
struct TokenCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an API token; it is printed once and kept only as a digest.")

    @Option(help: ArgumentHelp("For whom the program acts.", valueName: "address"))
    var email: String

    @Option(help: "The one workspace that the token reaches; else all of the user's.")
    var workspace: String?

    @Option(help: ArgumentHelp("How long it works, in days.", valueName: "days"))
    var expires = DayCount(days: 90)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let token = try await store.withDesk { desk in
            var limit: Workspace.ID?
            if let workspace { limit = try await desk.workspace(named: workspace).id }
            return try await SignIn(desk.context, passwords: desk.passwords).createToken(
                email: email, workspace: limit, validity: .hours(24 * expires.days))
        }
        print(json ? try Output.json(["token": token.text.exposed()]) : token.text.exposed())
    }
}

/// A number of days, written `90d` or `90`.
struct DayCount: ExpressibleByArgument {
    let days: Int

    init(days: Int) { self.days = days }

    init?(argument: String) {
        guard let days = Int(argument.hasSuffix("d") ? argument.dropLast() : argument[...]), (1...3_650).contains(days) else { return nil }
        self.init(days: days)
    }

    var defaultValueDescription: String { "\(days)d" }
}
