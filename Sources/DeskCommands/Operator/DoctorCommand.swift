import ArgumentParser
import DeskCore
import DeskServices
import Foundation

/// `contesta doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check configuration, database, channels, clock and disk; say what to do.",
        discussion: "Exit 0: all well, or only remarks. Exit 69: something does not work.")

    @OptionGroup var store: StoreOptions

    @Flag(help: "Print JSON, a line a check.")
    var json = false

    func run() async throws {
        let findings = try await store.withDesk { desk in try await Doctor(desk: desk, folder: store.folder).examine() }
        for finding in findings { print(json ? try finding.json : finding.line) }
        if findings.contains(where: { $0.level == .broken }) { throw ExitCode(69) }
    }
}

/// What was looked at, and how it is.
struct DoctorFinding: Sendable {
    enum Level: String, Sendable { case good, attention, broken }

    let name: String
    let level: Level
    let words: String
    var remedy: String?

    var line: String {
        let mark =
            switch level {
            case .good: "ok       "
            case .attention: "attention"
            case .broken: "BROKEN   "
            }
        return "\(mark)  \(name): \(words)" + (remedy.map { "\n           → \($0)" } ?? "")
    }

    var json: String {
        get throws { try Output.json(["name": name, "level": level.rawValue, "words": words, "remedy": remedy ?? ""]) }
    }
}

/// Looks at everything that a desk needs.
struct Doctor {
    private static let littleSpace: Int64 = 1_073_741_824

    let desk: Desk
    let folder: URL

    func examine() async throws -> [DoctorFinding] {
        var findings = [await configuration(), await storage(), disk()]
        findings += await DoctorCertificate(folder: folder, time: desk.context.time).examine()
        findings.append(try await clock())
        findings += try await channels()
        findings.append(try await deliveries())
        findings += try await DoctorCare(desk: desk).examine()
        return findings
    }

    private func configuration() async -> DoctorFinding {
        do {
            let settings = try await ServeSettings.read(in: folder)
            _ = try (settings.address(), settings.proxies())
            guard let publicURL = settings.publicURL else {
                return DoctorFinding(
                    name: "configuration", level: .attention, words: "No public address is set; providers can't call this desk.",
                    remedy: "Set public.url in contesta.yaml, or CONTESTA_PUBLIC_URL, to the https address that people use.")
            }
            let isSafe = publicURL.hasPrefix("https://")
            return DoctorFinding(
                name: "configuration", level: isSafe ? .good : .attention, words: "Public address \(publicURL).",
                remedy: isSafe
                    ? nil : "Give it a certificate (tls.certificate, tls.key) or put a proxy with TLS in front: sign-in cookies need https."
            )
        } catch {
            return DoctorFinding(name: "configuration", level: .broken, words: DeskError.text(of: error), remedy: "Mend contesta.yaml.")
        }
    }

    private func storage() async -> DoctorFinding {
        do {
            try await desk.context.storage.checkReadiness()
            let words = "\(try await desk.describeDatabase()): writable, and of this program's schema."
            return DoctorFinding(name: "database", level: .good, words: words)
        } catch {
            return DoctorFinding(
                name: "database", level: .broken, words: DeskError.text(of: error),
                remedy: "Check the database's disk, and who may write there.")
        }
    }

    private func disk() -> DoctorFinding {
        let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? NSNumber)?.int64Value
        guard let free else { return DoctorFinding(name: "disk", level: .attention, words: "The free space can't be read.") }
        let isLittle = free < Self.littleSpace
        return DoctorFinding(
            name: "disk", level: isLittle ? .attention : .good, words: "\(free / 1_048_576) MB are free.",
            remedy: isLittle ? "Make room: what can't be stored can't be received." : nil)
    }

    /// A clock that runs behind what is stored would make clocks and windows lie.
    private func clock() async throws -> DoctorFinding {
        let now = desk.context.time.now()
        let newest = try await desk.context.storage.read { session in
            try session.workspaces.all().compactMap { workspace in
                let head = try session.ledger.head(of: workspace.id)
                return try session.ledger.entries(of: workspace.id, after: max(0, head.sequence - 1), limit: 1).last?.at
            }.max()
        }
        guard let newest, newest > now + .seconds(60) else { return DoctorFinding(name: "clock", level: .good, words: "Goes forward.") }
        return DoctorFinding(
            name: "clock", level: .broken, words: "It is behind the newest ledger entry by \((newest - now).wholeSeconds) s.",
            remedy: "Set the machine's clock by NTP.")
    }

    private func channels() async throws -> [DoctorFinding] {
        let (inboxes, signs) = try await desk.context.storage.read { (try $0.inboxes.all(), try $0.inboxes.lastSignsOfLife()) }
        guard !inboxes.isEmpty else {
            return [
                DoctorFinding(
                    name: "channels", level: .attention, words: "None is connected.",
                    remedy: "contesta inbox add, or /connect in the browser.")
            ]
        }
        let now = desk.context.time.now()
        let standings = try await desk.context.storage.read { session in
            try inboxes.reduce(into: [Inbox.ID: CollectionStanding]()) { $0[$1.id] = try session.collections.standing(of: $1.id) }
        }
        return inboxes.map { inbox in
            let name = "channel \(inbox.channel.rawValue) \"\(inbox.name)\""
            if desk.context.collection.collects(from: inbox.channel) { return Self.collection(name, standings[inbox.id], now) }
            guard let sign = signs[inbox.id] else {
                return DoctorFinding(
                    name: name, level: .attention, words: "Nothing has come from it yet.",
                    remedy: "Give the provider the address /webhooks/\(inbox.id) and the verify token, and write to the number.")
            }
            return DoctorFinding(name: name, level: .good, words: "Last sign of life \((now - sign).wholeSeconds / 60) min ago.")
        }
    }

    /// A channel that the desk asks for what is new.
    private static func collection(_ name: String, _ standing: CollectionStanding?, _ now: Instant) -> DoctorFinding {
        guard let standing else {
            return DoctorFinding(
                name: name, level: .attention, words: "It was not looked at yet.",
                remedy: "contesta serve collects; look again in a minute.")
        }
        if let failure = standing.failure {
            return DoctorFinding(
                name: name, level: failure.isTransient ? .attention : .broken, words: "Nothing can be collected: \(failure.reason)",
                remedy: failure.isTransient
                    ? "It is tried again; what comes waits on the server." : "contesta inbox change, with another password or permission.")
        }
        let (sum, minutes) = (standing.sum, (now - standing.lookedAt).wholeSeconds / 60)
        let missing = standing.folders.filter(\.isMissing).map { "The server does not open the folder \($0.name)." }
        let words = "\(sum.seen) of \(sum.onServer) mails on the server are here; looked at \(minutes) min ago."
        let remedy = missing.isEmpty ? "The rest is asked for once a day." : "contesta inbox change INBOX folders=…, or make the folder."
        return DoctorFinding(
            name: name, level: sum.isComplete ? .good : .attention, words: ([words] + missing).joined(separator: " "),
            remedy: sum.isComplete ? nil : remedy)
    }

    private func deliveries() async throws -> DoctorFinding {
        let count = try await desk.context.storage.read { try $0.rawEvents.quarantinedCount() }
        return DoctorFinding(
            name: "quarantine", level: count == 0 ? .good : .attention, words: "\(count) event(s) wait for a person.",
            remedy: count == 0 ? nil : "Look at them under \"Waiting for you\" in the browser.")
    }
}

extension DeskError {
    static func text(of error: any Error) -> String { (error as? DeskError)?.message ?? "\(error)" }
}
