package import DeskCore
import Foundation

/// Puts a principal's daily summary into words: figures and waits, names only where they are wanted, and never a word of what anybody wrote.
package struct SummaryWriter: SummaryWriting {
    private let catalogues: Catalogues
    private let publicURL: String

    /// - Parameter publicURL: where the desk is reached, without a slash at the end.
    package init(catalogues: Catalogues, publicURL: String) {
        self.catalogues = catalogues
        self.publicURL = publicURL
    }

    package func write(_ summary: DaySummary, for reader: SummaryReader) -> SummaryLetter {
        let language = Language.negotiate(user: reader.user.locale, acceptLanguage: nil, workspace: reader.workspace.locale)
        let wording = Wording(
            catalogue: catalogues[language], timeZone: TimeZone(identifier: reader.user.timeZone) ?? .gmt, now: summary.through)
        return Self.letter(summary, for: reader, wording, publicURL: publicURL)
    }

    static func letter(_ summary: DaySummary, for reader: SummaryReader, _ wording: Wording, publicURL: String) -> SummaryLetter {
        let lines = SummaryLines(summary: summary, wording: wording)
        let parts = [
            lines.figures, lines.waiting, lines.promises, lines.undecided, head(reader.head, wording),
            links(to: reader.workspace, wording, publicURL),
        ]
        return SummaryLetter(
            subject: lines.subject(of: reader.workspace.name),
            text: parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n")
    }

    private static func head(_ head: LedgerCheckpoint?, _ wording: Wording) -> [String] {
        head.map { [wording.text("letter.head", count: Int($0.size))] } ?? []
    }

    private static func links(to workspace: Workspace, _ wording: Wording, _ publicURL: String) -> [String] {
        [
            wording.text("letter.open", ["url": publicURL + "/"]),
            wording.text("letter.why", ["url": "\(publicURL)/settings/summary/\(workspace.id)"]),
        ]
    }
}

/// The paragraphs that come from a summary alone.
private struct SummaryLines {
    let summary: DaySummary
    let wording: Wording

    func subject(of workspace: String) -> String {
        let day = wording.fullDay(summary.through)
        guard summary.owedCount > 0 else { return wording.text("letter.subject.none", ["workspace": workspace, "day": day]) }
        return wording.text("letter.subject", count: summary.owedCount, ["workspace": workspace, "day": day])
    }

    var figures: [String] {
        let figures = summary.figures
        let counts = [
            ("letter.received", figures.received, true), ("letter.answered", figures.answered, true),
            ("letter.answeredElsewhere", figures.answeredElsewhere, false), ("letter.withoutAnswer", figures.withoutAnswer, false),
        ]
        let waits = [("letter.medianWait", figures.medianWait), ("letter.longestWait", figures.longestWait)]
        let period = ["from": wording.moment(summary.from), "through": wording.moment(summary.through)]
        return [wording.text("letter.period", period)]
            + counts.filter { $0.1 > 0 || $0.2 }.map { wording.text($0.0, ["count": String($0.1)]) }
            + waits.compactMap { key, wait in wait.map { wording.text(key, ["duration": wording.duration($0)]) } }
    }

    var waiting: [String] {
        guard summary.owedCount > 0 else { return [wording.text("letter.owed.none")] }
        let late = summary.lateCount > 0 ? [wording.text("letter.late", count: summary.lateCount)] : []
        return [([wording.text("letter.owed", count: summary.owedCount)] + late).joined(separator: " ")]
            + summary.waiting.map(line) + more(than: summary.waiting.count, of: summary.owedCount)
    }

    private func line(_ waiting: DaySummary.Waiting) -> String {
        let isLate = waiting.dueAt <= summary.through
        let due = wording.text(isLate ? "letter.wasDue" : "letter.isDue", ["moment": wording.moment(waiting.dueAt)])
        let member = waiting.member.map { wording.text("letter.takenBy", ["name": $0]) } ?? wording.text("letter.takenByNobody")
        let wait = wording.duration(summary.through - waiting.since)
        return wording.text("letter.waiting", ["name": name(waiting.contact), "wait": wait, "due": due, "member": member])
    }

    var promises: [String] {
        guard summary.promiseCount > 0 else { return [] }
        return [wording.text("letter.promises", count: summary.promiseCount)]
            + summary.promises.map { wording.text("letter.promise", ["name": name($0.contact), "moment": wording.moment($0.dueAt)]) }
            + more(than: summary.promises.count, of: summary.promiseCount)
    }

    var undecided: [String] {
        summary.undecidedCount > 0 ? [wording.text("letter.undecided", count: summary.undecidedCount)] : []
    }

    private func more(than shown: Int, of total: Int) -> [String] {
        total > shown ? [wording.text("letter.more", ["count": String(total - shown)])] : []
    }

    /// A name that somebody chose for themselves must not make lines of its own.
    private func name(_ contact: String?) -> String {
        contact.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") } ?? wording.text("letter.somebody")
    }
}
