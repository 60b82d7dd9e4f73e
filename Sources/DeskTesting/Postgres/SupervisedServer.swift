import Foundation

/// The server's processes, under a supervisor that stops them and removes the folder when this process is gone. It learns that from the
/// end of its standard input, which comes also after a kill.
final class SupervisedServer: Sendable {
    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String
    private let programs: String
    /// The writing end of the supervisor's standard input.
    private let rope: Int32

    /// Arguments: the folder, the programs' folder, the settings.
    private static let script = """
        trap '' INT TERM HUP
        umask 077
        {
            mkdir "$1" &&
                "$2/initdb" --pgdata "$1" --username contesta --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync &&
                printf "unix_socket_directories = '%s'\\n%s\\n" "$1" "$3" >>"$1/postgresql.conf" &&
                "$2/pg_ctl" --pgdata "$1" --log "$1/log" --wait start
        } </dev/null >"/tmp/$(basename "$1").log" 2>&1 && echo ready || cat "/tmp/$(basename "$1").log"
        echo
        rm -f "/tmp/$(basename "$1").log"
        cat >/dev/null
        "$2/pg_ctl" --pgdata "$1" --mode immediate stop >/dev/null 2>&1
        rm -rf "$1"
        """

    init(settings: [String]) throws {
        programs = try Self.findPrograms()
        folder = Self.fastestFolder + "/contesta-pg-\(UUID().uuidString.prefix(13))"
        let (process, input, output) = (Process(), Pipe(), Pipe())
        (process.executableURL, process.arguments) = Self.asServer([
            "/bin/sh", "-c", Self.script, "supervisor", folder, programs, settings.joined(separator: "\n"),
        ])
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        rope = fcntl(input.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 3)
        let answer = Self.read(output.fileHandleForReading)
        guard answer.hasPrefix("ready") else { throw NotStarted(description: "PostgreSQL does not start here: \(answer)") }
    }

    deinit { close(rope) }

    /// Until the empty line behind the answer.
    private static func read(_ handle: FileHandle) -> String {
        var text = ""
        while !text.hasSuffix("\n\n") {
            let data = handle.availableData
            if data.isEmpty { break }
            text += String(decoding: data, as: UTF8.self)
        }
        return text
    }

    func restart(mode: String) throws { try control("restart", mode: mode) }

    /// Has `pg_ctl` do something, and waits until it is done.
    func control(_ command: String, mode: String?) throws {
        let process = Process()
        let options = ["--pgdata", folder, "--log", folder + "/log", "--wait"] + (mode.map { ["--mode", $0] } ?? [])
        (process.executableURL, process.arguments) = Self.asServer([programs + "/pg_ctl", command] + options)
        (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NotStarted(description: "pg_ctl \(command) failed; see \(folder)/log") }
    }

    /// Memory where there is some to be had as a folder: waiting for a disk is not what these tests are about.
    private static var fastestFolder: String {
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    }

    /// PostgreSQL refuses to run for root, and Debian makes a user for it.
    private static func asServer(_ arguments: [String]) -> (URL, [String]) {
        let words = geteuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] + arguments : arguments
        return (URL(filePath: words[0]), Array(words.dropFirst()))
    }

    /// Debian keeps each version's programs in a folder of its own, outside of PATH.
    private static func findPrograms() throws -> String {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let folders = versions.sorted { Int($0) ?? 0 > Int($1) ?? 0 }.map { "/usr/lib/postgresql/\($0)/bin" }
        let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        guard let found = (folders + path).first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }) else {
            throw NotStarted(
                description: "PostgreSQL's server is not installed, and these tests need it. Run script/bootstrap --tests, or install it: "
                    + "apt-get install postgresql")
        }
        return found
    }
}
