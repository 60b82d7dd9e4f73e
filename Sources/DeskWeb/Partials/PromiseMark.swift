package import DeskCore

/// When something is due that was promised: short, for a card.
package struct PromiseMark: Sendable {
    /// "Prometido para mañana 9:00", "Promesa vencida hace 2 h".
    package let words: String
    package let isLate: Bool

    package init(due: Instant, wording: Wording) {
        isLate = due < wording.now
        words =
            isLate
            ? wording.text("promise.late", ["duration": wording.duration(wording.now - due)])
            : wording.text("promise.due", ["moment": wording.moment(due)])
    }
}

/// One promise, in its conversation. Its form posts `reason`.
package struct PromiseView: Sendable {
    package let elementID: String
    package let settlePath: String
    /// The name of the checkbox by which a reply keeps it.
    package let field: String
    package let text: String
    package let words: String
    package let isLate: Bool

    package init(commitmentID: String, text: String, due: Instant, wording: Wording) {
        let mark = PromiseMark(due: due, wording: wording)
        elementID = "promise-\(commitmentID)"
        settlePath = "/commitments/\(commitmentID)/settlement"
        field = Self.field(of: commitmentID)
        self.text = text
        words = mark.words
        isLate = mark.isLate
    }

    /// The name of the checkbox by which a reply keeps a commitment.
    package static func field(of commitmentID: String) -> String { "keeps_\(commitmentID)" }
}

/// "Prometo…" beside a reply: what, and by when. Form fields: `promise_text`, `promise_due` (RFC 3339 or `other`), `promise_other`.
package struct PromiseForm: Sendable {
    package let text: String
    package let choices: [Choice]
    package let otherValue: String
    package let isOpen: Bool

    /// - Parameter text: what was typed, when the reply came back.
    package init(text: String = "", wording: Wording) {
        self.text = text
        isOpen = !text.isEmpty
        choices = wording.promiseChoices
        otherValue = "other"
    }
}

extension Wording {
    private static let closingHour = 20

    /// When something may be promised for: the end of today while there is time, tomorrow at nine, Monday at nine. RFC 3339, in UTC.
    package var promiseChoices: [Choice] {
        let tonight = morning(inDays: 0, hour: Self.closingHour)
        let tomorrow = morning(inDays: 1, hour: 9)
        let monday = morning(inDays: daysUntilMonday, hour: 9)
        var moments: [(key: String, at: Instant)] = [("promise.tomorrow", tomorrow)]
        if tonight - now > .hours(1) { moments.insert(("promise.today", tonight), at: 0) }
        if monday != tomorrow { moments.append(("promise.monday", monday)) }
        return moments.enumerated().map { index, moment in
            Choice(
                value: machineTime(moment.at), label: text(moment.key, ["time": timeOfDay(moment.at)]), isChosen: index == 0)
        }
    }

    /// Who has been told that it is late; nil for nobody.
    package func escalation(_ level: EscalationLevel) -> String? {
        level == .member ? nil : text("escalation.\(level.name)")
    }

    private var daysUntilMonday: Int {
        let sinceMonday = ((dayNumber(now) + 3) % 7 + 7) % 7
        return 7 - sinceMonday
    }
}
