import ArgumentParser
import DeskCore
import Foundation
import SQLStore

/// `contesta keys`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, name and change the master key, without which nobody can read what people wrote.",
        discussion: """
            The master key wraps all other keys of the database. The desk looks for it in CONTESTA_MASTER_KEY (Base64 or hexadecimal), in \
            the file CONTESTA_MASTER_KEY_FILE, in what CONTESTA_MASTER_KEY_COMMAND prints, and else in keys/master.key of the data \
            folder, where it makes one at the first start. Keep a copy of it apart from the backups: nobody can make it again.
            """,
        subcommands: [KeysNew.self, KeysShow.self, KeysRotate.self])
}

/// `contesta keys new`.
struct KeysNew: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Print a new master key. Nothing is changed.")

    func run() throws { print(try MasterKey.make().text.exposed()) }
}

/// `contesta keys show`.
struct KeysShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Say which master key is in use, and where it comes from; not the key itself.")

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await CommandFailure.telling {
            let source = try await store.masterKey()
            let key = try source.key(in: store.folder, isMaking: false)
            print("master key \(key.id), from \(source.description(in: store.folder))")
        }
    }
}

/// `contesta keys rotate`.
struct KeysRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Put another master key in place of the one that is in use. The server must be stopped.",
        discussion: """
            Every key is wrapped anew, in one transaction; what is sealed stays as it is, so this takes a moment only. Afterwards the old \
            key opens nothing of this database any more, but it still opens older backups: destroy it when these are not to be read again.
            """)

    @Option(help: ArgumentHelp("The file of the new key; made when it is not there.", valueName: "file"), completion: .file())
    var to: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await CommandFailure.telling {
            let file = URL(filePath: to)
            let source = try await store.masterKey()
            let old = try source.key(in: store.folder, isMaking: false)
            let new = try MasterKeySource(file: to).key(in: store.folder, orMadeAt: file)
            guard new.id != old.id else {
                throw DeskError(.invalidRequest, message: "\(to) holds the key that is in use. Nothing was changed.")
            }
            let desk = try await Desk.open(in: store.folder, database: try await store.place(), master: source, isServer: true)
            let count = try await desk.rotate(to: new)
            await desk.close()
            print(
                """
                \(count) keys are under the master key \(new.id) now. From now on start the desk with
                  CONTESTA_MASTER_KEY_FILE=\(file.standardizedFileURL.path)
                The old key \(old.id) (\(source.description(in: store.folder))) opens older backups only.
                """)
        }
    }
}
