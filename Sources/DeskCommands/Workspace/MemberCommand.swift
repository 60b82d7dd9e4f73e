import ArgumentParser
import DeskCore
import DeskServices

/// `contesta member`.
struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Invite people to a workspace; give somebody another password.",
        subcommands: [MemberAdd.self, MemberPassword.self])
}

/// `contesta member add`.
struct MemberAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Invite somebody; prints the link that they open.",
        discussion: """
            The link works once, for seven days. Whoever opens it chooses a password, and reads and signs the confidentiality agreement \
            before anything of the workspace is shown.
            """)

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @Option(help: ArgumentHelp("Whom to invite.", valueName: "address"))
    var email: String

    @Option(help: ArgumentHelp("One of: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "role"))
    var role: String

    @Option(help: ArgumentHelp("The address of the desk, for the link. Also CONTESTA_PUBLIC_URL.", valueName: "url"))
    var publicURL: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard Role(rawValue: role) != nil else {
            throw ValidationError("There is no role \"\(role)\". Known: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let token = try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            return try await InviteMember(desk.context, passwords: desk.passwords).invite(
                email: email, to: workspace.id, as: Role(rawValue: role) ?? .assistant)
        }
        let settings = try await ServeSettings.read(in: store.folder)
        let link = "\(publicURL ?? settings.publicURL ?? "http://localhost:8080")/invitations/\(token.text.exposed())"
        print(json ? try Output.json(["invitation_url": link]) : link)
    }
}

/// `contesta member password`.
struct MemberPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Give somebody who has forgotten theirs another password, and end all of their sessions.")

    @Option(help: ArgumentHelp("Whose.", valueName: "address"))
    var email: String

    @Flag(help: "Read the new password from the first line of standard input. Required: it is taken from nowhere else.")
    var passwordStdin = false

    @Flag(help: "Turn their authenticator app off as well: the phone is lost, and so are the recovery codes.")
    var withoutApp = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard passwordStdin else { throw ValidationError("Add --password-stdin and give the password on standard input.") }
    }

    func run() async throws {
        try await store.withDesk { desk in
            try await ChangePassword(desk.context, passwords: desk.passwords).set(
                try SecretInput.line(), ofAddress: email, turnsAppOff: withoutApp)
        }
        print("\(email) has a new password, and was signed out everywhere.")
    }
}

extension Desk {
    /// - Throws: `not_found`, naming what was looked for.
    func workspace(named name: String) async throws -> Workspace {
        let found = try await context.storage.read { session in
            try session.workspaces.workspace(named: name) ?? session.workspaces.workspace(Workspace.ID(name))
        }
        guard let workspace = found else {
            throw DeskError(.notFound, message: "There is no workspace \"\(name)\" in this data folder. Nothing was changed.")
        }
        return workspace
    }

    /// - Throws: `not_found`, naming what was looked for.
    func user(of email: String) async throws -> User {
        guard let user = try await context.storage.read({ try $0.people.user(email: email) }) else {
            throw DeskError(.notFound, message: "Nobody has the e-mail address \(email). Nothing was changed.")
        }
        return user
    }
}
