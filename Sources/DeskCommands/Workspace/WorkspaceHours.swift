import ArgumentParser
import DeskCore
import DeskServices
import Foundation

/// `contesta workspace hours`.
struct WorkspaceHours: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hours", abstract: "Show or set when a desk is open and how soon answers are due.",
        discussion: """
            Without options it shows what holds, in the workspace's time zone. What is given changes, the rest stays; what is owed already \
            gets its new deadline at once.

            contesta workspace hours Mesa --target 60 --open "mon-fri 09:00-13:00,15:00-19:00" --open "sat 10:00-14:00"
            contesta workspace hours Mesa --exception "2026-12-25" --exception "2026-12-24 09:00-13:00"
            """)

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @Option(help: ArgumentHelp("How soon an answer is due, in minutes in which the desk is open.", valueName: "minutes"))
    var target: Int?

    @Option(help: ArgumentHelp("Days and their opening times; all of the week's that are given. May be repeated.", valueName: "times"))
    var open: [String] = []

    @Flag(help: "Open around the clock.")
    var always = false

    @Option(
        help: ArgumentHelp(
            "A date and its own opening times, or none: closed. Replaces all exceptions. May be repeated.", valueName: "date"))
    var exception: [String] = []

    @Option(
        help: ArgumentHelp(
            "Another target for a channel, as whatsapp=30. Replaces all of these. May be repeated.", valueName: "channel=minutes"))
    var channel: [String] = []

    @Option(
        help: ArgumentHelp("Another target for an inbox, by its id. Replaces all of these. May be repeated.", valueName: "inbox=minutes"))
    var inbox: [String] = []

    @Option(help: ArgumentHelp("Minutes after the deadline at which the supervisor is told (default 0).", valueName: "minutes"))
    var supervisorAfter: Int?

    @Option(help: ArgumentHelp("Minutes after the deadline at which the principal is told (default: the target).", valueName: "minutes"))
    var principalAfter: Int?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard !always || open.isEmpty else { throw ValidationError("--always and --open exclude each other.") }
    }

    func run() async throws {
        let (policy, moved) = try await store.withDesk { desk in
            let known = try await desk.context.storage.read { try $0.workspaces.workspace(named: workspace) }
            guard let known else {
                throw DeskError(.notFound, message: "There is no workspace \"\(workspace)\". Nothing was changed.")
            }
            let policy = try OpeningWords(command: self).policy(changing: known.answerPolicy)
            guard policy != known.answerPolicy else { return (policy, Int?.none) }
            return (policy, try await SetAnswerPolicy(desk.context).set(policy, of: known.id, by: nil))
        }
        let text = try Self.json(of: policy)
        print(json ? text : [moved.map { "Deadlines moved: \($0)" }, text].compactMap(\.self).joined(separator: "\n"))
    }

    private static func json(of policy: AnswerPolicy) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(policy), as: UTF8.self)
    }
}

/// What the options say.
private struct OpeningWords {
    let command: WorkspaceHours

    /// - Throws: `invalid_request`, naming what can't be read.
    func policy(changing policy: AnswerPolicy) throws -> AnswerPolicy {
        let exceptions = command.exception.isEmpty ? policy.hours.exceptionWords : try exceptions()
        return try AnswerPolicy(
            target: command.target.map(minutes) ?? policy.target,
            hours: AnswerPolicy.hours(week: try week() ?? policy.hours.weekWords, exceptions: exceptions),
            channelTargets: command.channel.isEmpty ? policy.channelTargets : try targets(command.channel) { ChannelName(rawValue: $0) },
            inboxTargets: command.inbox.isEmpty ? policy.inboxTargets : try targets(command.inbox) { Inbox.ID($0) },
            escalation: EscalationSteps(
                supervisorAfter: command.supervisorAfter.map(minutes) ?? policy.escalation.supervisorAfter,
                principalAfter: command.principalAfter.map(minutes) ?? policy.escalation.principalAfter))
    }

    private func week() throws -> [String: [String]]? {
        if command.always { return BusinessHours.aroundTheClock.weekWords }
        guard !command.open.isEmpty else { return nil }
        var week: [String: [String]] = [:]
        for words in command.open.map(Self.words) {
            for day in try days(words.first ?? "") { week[day, default: []] += words.dropFirst() }
        }
        return week
    }

    /// `mon-fri` is five days.
    private func days(_ text: String) throws -> [String] {
        let ends = text.split(separator: "-").map { Weekday(rawValue: String($0)) }
        let all = Weekday.allCases
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, let from = all.firstIndex(of: first),
            let through = all.firstIndex(of: last), from <= through
        else { throw unreadable(text, like: "mon or mon-fri") }
        return all[from...through].map(\.rawValue)
    }

    private func exceptions() throws -> [String: [String]] {
        try command.exception.map(Self.words).reduce(into: [:]) { dates, words in
            guard let date = words.first else { throw unreadable("", like: "2026-12-25") }
            dates[date] = Array(words.dropFirst())
        }
    }

    private func targets<Key: Hashable>(_ texts: [String], _ key: (String) -> Key) throws -> [Key: Duration] {
        try texts.reduce(into: [:]) { targets, text in
            let parts = text.split(separator: "=")
            guard parts.count == 2, let count = Int(parts[1]) else { throw unreadable(text, like: "whatsapp=30") }
            targets[key(String(parts[0]))] = minutes(count)
        }
    }

    private func minutes(_ count: Int) -> Duration { .minutes(min(max(count, -1), 10_000_000)) }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    private func unreadable(_ word: String, like example: String) -> DeskError {
        DeskError(.invalidRequest, message: "“\(word)” can't be read; write it like \(example). Nothing was changed.")
    }
}
