import Foundation

/// A shell that runs apart from everything else: it inherits nothing that is open here.
///
/// Foundation's `Process` lets a child inherit what happens to be open, also what another `Process` waits on: a server that lives as long
/// as the tests would keep that one waiting.
struct SpawnedShell {
    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    /// What may be open beside input, output and complaints; closing what is not open does no harm.
    private static let others: Range<Int32> = 3..<1_024

    /// The writing end of its standard input, whose end it takes for the end of its work.
    let input: Int32
    /// The reading end of its standard output.
    let output: Int32

    /// - Parameter words: the program's path, and its arguments.
    init(_ words: [String]) throws {
        let (toShell, fromShell) = (try Self.pipe(), try Self.pipe())
        defer {
            close(toShell.reading)
            close(fromShell.writing)
        }
        (input, output) = (toShell.writing, fromShell.reading)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toShell.reading, 0)
        posix_spawn_file_actions_adddup2(&actions, fromShell.writing, 1)
        for descriptor in Self.others { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var number = pid_t()
        let outcome = posix_spawn(&number, words[0], &actions, nil, &arguments, environ)
        guard outcome == 0 else { throw NotStarted(description: "\(words[0]) does not start: \(String(cString: strerror(outcome)))") }
    }

    /// Open here only: programs that others start at this moment must not hold it open.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Foundation.pipe(&ends) == 0 else { throw NotStarted(description: "too many files are open") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
