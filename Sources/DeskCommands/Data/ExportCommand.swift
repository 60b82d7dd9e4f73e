import ArgumentParser
import DeskCore
import DeskServer
import DeskServices
import Foundation

/// `contesta export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write everything that a workspace keeps into a folder, in forms that anybody can read.",
        discussion: """
            contacts/<id>.json holds a contact, what was said and what became of it; files/ the files that messages name, by their \
            SHA-256; ledger.jsonl the proof (contesta ledger verify reads it). Nothing in it is sealed: keep it where nobody else can \
            read, and delete it when it has served. The ledger and the reading log say that it was made.
            """)

    @Argument(help: "The workspace, by its name or id.")
    var workspace: String

    @Option(help: ArgumentHelp("The folder; must not exist, or be empty.", valueName: "dir"), completion: .directory)
    var to: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            let folder = try ExportFolder(at: URL(filePath: to, directoryHint: .isDirectory))
            var files: Set<String> = []
            let count = try await ExportData(desk.context).everybody(in: workspace.id) { record in
                try folder.write(try ContactExport(record).data, to: "contacts/\(record.place.contact.id.text).json")
                files.formUnion(record.messages.flatMap { $0.content.storedFiles })
            }
            for blob in files.sorted() { try folder.write(Data(try await desk.blobs.read(blob)), to: "files/\(blob)") }
            try folder.write(Data(), to: "ledger.jsonl")
            let output = try FileHandle(forWritingTo: folder.url.appending(path: "ledger.jsonl"))
            try await ExportWriter(storage: desk.context.storage, output: output)
                .write(workspace.id, key: try await desk.headKeys.key(of: workspace.id))
            try output.close()
            try await desk.note(.contactExported, of: workspace, ["cause": "operator", "contacts": String(count)])
            print("\(folder.url.path): \(count) contact(s), \(files.count) file(s), and the ledger")
        }
    }
}

/// A folder for its owner's eyes only.
private struct ExportFolder {
    let url: URL

    init(at url: URL) throws {
        self.url = url
        let isEmpty = (try? FileManager.default.contentsOfDirectory(atPath: url.path).isEmpty) ?? true
        guard isEmpty else {
            throw DeskError(.invalidRequest, message: "\(url.path) is not empty. Nothing was written; name a new folder.")
        }
        for part in ["contacts", "files"] {
            try FileManager.default.createDirectory(
                at: url.appending(path: part), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
    }

    func write(_ data: Data, to path: String) throws {
        let file = url.appending(path: path).path
        guard FileManager.default.createFile(atPath: file, contents: data, attributes: [.posixPermissions: 0o600]) else {
            throw DeskError(.storageUnavailable, message: "\(file) can't be written. The export is not whole.")
        }
    }
}

extension Desk {
    /// Puts on record what whoever runs the machine did.
    func note(_ kind: LedgerEntry.Kind, of workspace: Workspace, _ details: [String: String]) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            _ = try session.ledger.append(LedgerFact(kind, workspace.id.text, details), in: workspace.id, at: now)
        }
    }
}
