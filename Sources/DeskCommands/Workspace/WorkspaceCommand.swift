import ArgumentParser
import DeskCore
import DeskServices
import DeskWeb
import Foundation

/// `contesta workspace`.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace", abstract: "Make a workspace, one principal's desk; set its hours.",
        subcommands: [WorkspaceCreate.self, WorkspaceHours.self])
}

/// `contesta workspace create`.
struct WorkspaceCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a workspace with its principal.",
        discussion: "Prints the workspace's and the owner's ids. The agreement starts from the template in the workspace's language.")

    @Argument(help: "What the desk is called.")
    var name: String

    @Option(help: ArgumentHelp("The principal's address, with which they sign in.", valueName: "address"))
    var ownerEmail: String

    @Option(help: ArgumentHelp("What the principal is called; else the part of the address before @.", valueName: "name"))
    var ownerName: String?

    @Option(help: "The language: es, pt or en.")
    var locale = "es"

    @Option(help: ArgumentHelp("The time zone, as America/Bogota.", valueName: "zone"))
    var timeZone = "America/Argentina/Buenos_Aires"

    @Flag(help: "Read the principal's password from the first line of standard input. Required: it is taken from nowhere else.")
    var passwordStdin = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard passwordStdin else { throw ValidationError("Add --password-stdin and give the password on standard input.") }
        guard Language(tag: locale) != nil else { throw ValidationError("There is no language \"\(locale)\". Known: es, pt, en.") }
        guard TimeZone(identifier: timeZone) != nil else { throw ValidationError("There is no time zone \"\(timeZone)\".") }
    }

    func run() async throws {
        let (workspace, owner) = try await store.withDesk { desk in
            try await SetUpWorkspace(desk.context, passwords: desk.passwords).setUp(
                SetUpWorkspace.Request(
                    name: name, ownerEmail: ownerEmail, ownerName: ownerName ?? String(ownerEmail.prefix { $0 != "@" }),
                    password: try SecretInput.line(), locale: locale, timeZone: timeZone,
                    agreement: try AgreementTemplate.text(in: Language(tag: locale) ?? .spanish)))
        }
        print(
            json
                ? try Output.json(["workspace_id": workspace.id.text, "owner_id": owner.id.text])
                : "Workspace \"\(workspace.name)\" is ready: \(workspace.id)\nOwner: \(owner.email) (\(owner.id))")
    }
}
