package import ArgumentParser

/// `contesta`: all its commands.
package struct ContestaCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "contesta",
        abstract: "The reply desk: people answer in somebody's name, and nothing received is left unanswered.",
        version: Version.text,
        subcommands: [
            ServeCommand.self, WorkspaceCommand.self, MemberCommand.self, InboxCommand.self, MailboxCommand.self,
            SignInProviderCommand.self, TokenCommand.self,
            LedgerCommand.self,
            DoctorCommand.self, BackupCommand.self, KeysCommand.self, ExportCommand.self, EraseCommand.self, DeliveryCommand.self,
            ReplayCommand.self, InspectCommand.self,
            Simulate.self,
            GalleryCommand.self,
        ])

    package init() {}
}

/// What this program calls itself.
enum Version {
    static let text = "0.1.0"
}
