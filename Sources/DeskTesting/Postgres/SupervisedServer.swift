import Foundation
import Synchronization

/// The server's processes, under a supervisor that stops them and removes the folder when this process is gone. It learns that from the
/// end of its standard input, which comes also after a kill.
final class SupervisedServer: Sendable {
    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String
    /// The writing end of the supervisor's standard input.
    private let rope: Int32
    /// The reading end of its standard output, for one order at a time.
    private let answers: Mutex<Int32>

    /// Arguments: the folder, the programs' folder, the settings. The server sorts as Spanish does where it can, which is neither how
    /// SQLite nor how Swift sorts.
    private static let script = """
        trap '' INT TERM HUP
        umask 077
        spanish=$("$2/initdb" --help | grep -q -- --icu-locale && echo "--locale-provider icu --icu-locale es")
        {
            mkdir "$1" &&
                "$2/initdb" --pgdata "$1" --username contesta --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync $spanish &&
                printf "unix_socket_directories = '%s'\\n%s\\n" "$1" "$3" >>"$1/postgresql.conf" &&
                "$2/pg_ctl" --pgdata "$1" --log "$1/log" --wait start
        } </dev/null >"/tmp/$(basename "$1").log" 2>&1 && echo ready || cat "/tmp/$(basename "$1").log"
        rm -f "/tmp/$(basename "$1").log"
        echo
        while read -r command; do
            "$2/pg_ctl" --pgdata "$1" --log "$1/log" --wait $command </dev/null >/dev/null 2>&1 && echo ready || echo failed
            echo
        done
        "$2/pg_ctl" --pgdata "$1" --mode immediate stop >/dev/null 2>&1
        rm -rf "$1"
        """

    init(settings: [String]) throws {
        let programs = try Self.findPrograms()
        folder = Self.fastestFolder + "/contesta-pg-\(UUID().uuidString.prefix(13))"
        let shell = try SpawnedShell(
            Self.asServer(["/bin/sh", "-c", Self.script, "supervisor", folder, programs, settings.joined(separator: "\n")]))
        rope = shell.input
        answers = Mutex(shell.output)
        let answer = Self.read(shell.output)
        guard answer.hasPrefix("ready") else { throw NotStarted(description: "PostgreSQL does not start here: \(answer)") }
    }

    deinit {
        close(rope)
        answers.withLock { _ = close($0) }
    }

    /// Until the empty line behind the answer.
    private static func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(2).elementsEqual("\n\n".utf8), Foundation.read(descriptor, &byte, 1) == 1 { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Has `pg_ctl` do something, and waits until it is done. The supervisor does it: a server that this process had started itself would
    /// keep open what this process waits on.
    /// - Parameter order: as on `pg_ctl`'s command line.
    func control(_ order: String) throws {
        let answer = answers.withLock { ear in
            _ = write(rope, order + "\n", order.utf8.count + 1)
            return Self.read(ear)
        }
        guard answer.hasPrefix("ready") else { throw NotStarted(description: "pg_ctl \(order) failed; see \(folder)/log") }
    }

    /// Memory where there is some to be had as a folder: waiting for a disk is not what these tests are about.
    private static var fastestFolder: String {
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    }

    /// Apart from the terminal, which could stop it. PostgreSQL refuses to run for root, and Debian makes a user for it.
    private static func asServer(_ words: [String]) -> [String] {
        ["/usr/bin/setsid"] + (geteuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] : []) + words
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
