import ArgumentParser
import DeskCore
import DeskServices

/// `contesta token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for programs that act for a user.",
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
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

/// `contesta token list`.
struct TokenList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print a user's tokens that still work, a line each, the newest first.",
        discussion:
            "A line is the token's handle, by which `contesta token revoke` knows it, what it reaches, and when it was made and ends.")

    @Option(help: ArgumentHelp("Whose tokens.", valueName: "address"))
    var email: String

    @Flag(help: "Print JSON, a line a token.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let tokens = try await store.withDesk { desk in
            try await AccessTokens(desk.context).all(of: try await desk.user(of: email).id, limitedTo: nil)
        }
        for token in tokens { print(try line(token)) }
    }

    private func line(_ token: AccessToken) throws -> String {
        let facts: KeyValuePairs = [
            "token": token.handle, "workspace_id": token.workspace?.text ?? "all", "created_at": token.createdAt.timestamp,
            "expires_at": token.expiresAt.timestamp,
        ]
        return json ? try Output.json(facts) : facts.map(\.value).joined(separator: "\t")
    }
}

/// `contesta token revoke`.
struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a token at once: its program is refused from the next request on.")

    @Option(help: ArgumentHelp("Whose token.", valueName: "address"))
    var email: String

    @Argument(help: "The token's handle, as `contesta token list` prints it.")
    var token: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withDesk { desk in
            try await AccessTokens(desk.context).revoke(token, of: try await desk.user(of: email).id, limitedTo: nil)
        }
        print("ended: \(token)")
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
