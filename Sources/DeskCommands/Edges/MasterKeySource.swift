import DeskCore
import Foundation
import SQLStore

/// Where the master key comes from: the environment, a file, a command, or else a file that is made in the data folder.
struct MasterKeySource: Sendable {
    /// The place in a data folder.
    static let place = "keys/master.key"

    /// The key itself.
    var key: Secret?
    var file: String?
    /// For a shell; what it prints is the key.
    var command: String?

    /// - Parameters:
    ///   - folder: the data folder.
    ///   - isMaking: whether a key is made where there is none.
    /// - Throws: `master_key_unusable`, which tells nothing of the key.
    func key(in folder: URL, isMaking: Bool) throws -> MasterKey {
        if let key { return try MasterKey(text: key) }
        if let file { return try Self.read(URL(filePath: file)) }
        if let command { return try MasterKey(text: Self.output(of: command)) }
        let own = folder.appending(path: Self.place)
        if isMaking, !FileManager.default.fileExists(atPath: own.path) { try Self.make(own) }
        return try Self.read(own)
    }

    /// - Returns: the key of a file, which is made where there is none.
    func key(in folder: URL, orMadeAt file: URL) throws -> MasterKey {
        if !FileManager.default.fileExists(atPath: file.path) { try Self.make(file) }
        return try key(in: folder, isMaking: false)
    }

    /// Where the key comes from, for people.
    func description(in folder: URL) -> String {
        if key != nil { return "CONTESTA_MASTER_KEY" }
        if let file { return file }
        return command == nil ? folder.appending(path: Self.place).path : "CONTESTA_MASTER_KEY_COMMAND"
    }

    /// Whether the key lies in the data folder, where whoever has the folder has it too.
    var isInFolder: Bool { key == nil && file == nil && command == nil }

    private static func read(_ file: URL) throws -> MasterKey {
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw DeskError.masterKeyUnusable("\(file.path) is not there or can't be read")
        }
        return try MasterKey(text: Secret(String(decoding: data, as: UTF8.self)))
    }

    /// The file appears with its content or not at all, and the first who makes it wins.
    private static func make(_ file: URL) throws {
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let temporary = folder.appending(path: ".\(ProcessInfo.processInfo.globallyUniqueString)")
        try DurableFile.write(Array((try MasterKey.make().text.exposed() + "\n").utf8), to: temporary, mode: 0o600)
        _ = link(temporary.path, file.path)
        try FileManager.default.removeItem(at: temporary)
        DurableFile.synchronize(folder)
    }

    private static func output(of command: String) throws -> Secret {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            throw DeskError.masterKeyUnusable("the command for it can't be run")
        }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw DeskError.masterKeyUnusable("the command for it ended with \(process.terminationStatus)")
        }
        return Secret(String(decoding: output, as: UTF8.self))
    }
}
