package import DeskCore
package import MailTransport

/// Signs in to both servers of a mailbox, and looks around. Nothing is stored, sent, or marked as read.
package struct MailboxTrial: Sendable {
    /// For one server that is surely meant, and for each of several that may be.
    private static let patiences = (one: Duration.seconds(20), several: Duration.seconds(8))

    private let imap: [MailServer]
    private let smtp: [MailServer]
    private let credentials: MailCredentials

    /// - Parameters:
    ///   - imap: where the server may be, likeliest first; the first that can be spoken to is it.
    ///   - smtp: the same for outgoing mail.
    package init(imap: [MailServer], smtp: [MailServer], credentials: MailCredentials) {
        self.imap = imap
        self.smtp = smtp
        self.credentials = credentials
    }

    /// - Parameter told: hears of each step as soon as it is done.
    /// - Throws: `MailboxRefusal`, of the first step that went wrong.
    package func run(
        telling told: @Sendable (MailboxFinding) async -> Void = { _ in }
    ) async throws(MailboxRefusal) -> MailboxReport {
        let (inside, imap) = try await look(telling: told)
        let smtp = try await handIn()
        await told(MailboxFinding(.sending, .good, detail: smtp.place))
        return MailboxReport(inside, imap: imap, smtp: smtp)
    }

    private func look(
        telling told: (MailboxFinding) async -> Void
    ) async throws(MailboxRefusal) -> (MailboxReport.Inside, MailServer) {
        let patience = Self.patience(imap)
        let (mailbox, server) = try await first(of: imap, at: .reading) { server throws(MailFault) in
            try await IMAPMailbox.open(server, credentials, patience: patience)
        }
        await told(MailboxFinding(.reading, .good, detail: server.place))
        do throws(MailFault) {
            let inside = try await Self.inside(mailbox)
            await mailbox.close()
            for finding in inside.findings { await told(finding) }
            return (inside, server)
        } catch {
            await mailbox.close()
            throw MailboxRefusal(step: .folders, server: server, fault: error)
        }
    }

    private static func inside(_ mailbox: IMAPMailbox) async throws(MailFault) -> MailboxReport.Inside {
        let folders = try await mailbox.folders()
        let inbox = try await mailbox.open("INBOX")
        return MailboxReport.Inside(
            inboxCount: inbox.count, folders: folders.filter(\.isSelectable).map(\.name).sorted(),
            sentFolder: MailFolder.folder(for: .sent, among: folders)?.name, tellsNews: mailbox.tellsNews)
    }

    private func handIn() async throws(MailboxRefusal) -> MailServer {
        let patience = Self.patience(smtp)
        return try await first(of: smtp, at: .sending) { server throws(MailFault) in
            try await SMTPSubmission.test(server, credentials, name: "localhost", patience: patience)
        }.1
    }

    private static func patience(_ servers: [MailServer]) -> Duration { servers.count > 1 ? patiences.several : patiences.one }

    /// The first server that can be spoken to. One that knows nothing of the account is still the right one: only that is then told.
    private func first<Value>(
        of servers: [MailServer], at step: MailboxStep, _ attempt: (MailServer) async throws(MailFault) -> Value
    ) async throws(MailboxRefusal) -> (Value, MailServer) {
        var refusal: MailboxRefusal?
        for server in servers {
            do throws(MailFault) {
                return (try await attempt(server), server)
            } catch {
                let next = MailboxRefusal(step: step, server: server, fault: error)
                guard next.isPerhapsElsewhere, !Task.isCancelled else { throw next }
                refusal = refusal?.moreTelling(than: next) ?? next
            }
        }
        throw refusal
            ?? MailboxRefusal(
                step: step, server: MailServer(host: "?", port: 0, security: .tls), fault: MailFault(.unreachable, "No server is known."))
    }
}

/// What was found in a mailbox that lets in.
package struct MailboxReport: Hashable, Sendable {
    /// What the server of incoming mail says.
    struct Inside: Sendable {
        let inboxCount: Int
        let folders: [String]
        let sentFolder: String?
        let tellsNews: Bool

        var findings: [MailboxFinding] {
            [
                MailboxFinding(.folders, .good, detail: String(folders.count)),
                MailboxFinding(.sentFolder, sentFolder == nil ? .weak : .good, detail: sentFolder ?? ""),
                MailboxFinding(.news, tellsNews ? .good : .weak),
            ]
        }
    }

    package let inboxCount: Int
    package let folders: [String]
    package let sentFolder: String?
    /// Whether the server says by itself that something came.
    package let tellsNews: Bool
    package let imap: MailServer
    package let smtp: MailServer

    init(_ inside: Inside, imap: MailServer, smtp: MailServer) {
        inboxCount = inside.inboxCount
        folders = inside.folders
        sentFolder = inside.sentFolder
        tellsNews = inside.tellsNews
        self.imap = imap
        self.smtp = smtp
    }
}

/// At which server a trial ended, and why.
package struct MailboxRefusal: Error, Hashable, Sendable {
    package let step: MailboxStep
    package let server: MailServer
    package let fault: MailFault

    package init(step: MailboxStep, server: MailServer, fault: MailFault) {
        self.step = step
        self.server = server
        self.fault = fault
    }

    /// Whether another server could be the one that is meant: this one was not even reached, or is something else.
    var isPerhapsElsewhere: Bool {
        switch fault.kind {
        case .unreachable, .timedOut, .insecure, .garbled, .disconnected: true
        case .unauthenticated, .refused: false
        }
    }

    /// A server that answered says more of where the fault is than a name that does not exist.
    fileprivate func moreTelling(than other: MailboxRefusal) -> MailboxRefusal {
        fault.cause == .nameUnknown && other.fault.cause != .nameUnknown ? other : self
    }

    /// - Parameter provider: whose mailbox it is, where that is known: its refusals mean more.
    package func finding(at provider: MailProvider?) -> MailboxFinding {
        MailboxFinding(step, .bad(problem(at: provider)), detail: "\(server.place): \(fault.reason)")
    }

    private func problem(at provider: MailProvider?) -> MailboxProblem {
        switch (fault.kind, fault.cause) {
        case (_, .nameUnknown): .nameUnknown
        case (_, .certificate): .notTrusted
        case (.unauthenticated, _): refusedProof(at: provider)
        case (.insecure, _): .unprotected
        case (.unreachable, _): .unreachable
        case (.timedOut, _): .tooSlow
        case (.refused, _): fault.reason.uppercased().hasPrefix("STARTTLS") ? .unprotected : .refused
        case (.disconnected, _), (.garbled, _): .notUnderstood
        }
    }

    private func refusedProof(at provider: MailProvider?) -> MailboxProblem {
        if provider?.demands.contains(.signIn) == true { return .signInNeeded }
        let asksForOne = fault.reason.lowercased().contains("application-specific password")
        return asksForOne || provider?.demands.contains(.appPassword) == true ? .appPasswordNeeded : .passwordRefused
    }
}

extension MailServer {
    /// For people: where it is.
    package var place: String { "\(host):\(port)" }
}
