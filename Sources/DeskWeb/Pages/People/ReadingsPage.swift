package import DeskCore

/// Who saw what, for the principal; with a plot of how much each member opened and answered in the last week.
package struct ReadingsPage: PageModel {
    package static let template = "pages.readings"

    package let workspaceName: String
    package let peoplePath: String
    package let path: String
    package let filePath: String
    package let notes: [String]
    package let hasNotes: Bool
    package let bars: [Bar]
    package let hasBars: Bool
    package let people: [Choice]
    package let acts: [Choice]
    package let rows: [Row]
    package let isEmpty: Bool
    /// Where older readings are; nil at the end.
    package let nextPath: String?
    package var section: NavigationSection? { .settings }

    /// One member's week: the plot's widths are in hundredths of the widest.
    package struct Bar: Sendable {
        package let name: String
        package let opened: String
        package let answered: String
        package let openedWidth: Int
        package let answeredWidth: Int

        package init(name: String, opened: Int, answered: Int, most: Int) {
            self.name = name
            self.opened = String(opened)
            self.answered = String(answered)
            openedWidth = opened * 100 / max(most, 1)
            answeredWidth = answered * 100 / max(most, 1)
        }
    }

    /// One reading.
    package struct Row: Sendable {
        package let who: String
        package let what: String
        package let detail: String
        package let conversationPath: String?
        package let moment: String
        package let machineTime: String

        /// - Parameters:
        ///   - who: the reader's name.
        ///   - seenBy: the name of a principal who looked with the reader's eyes.
        package init(_ reading: Reading, who: String, seenBy: String?, wording: Wording) {
            self.who = seenBy.map { wording.text("readings.through", ["name": $0, "member": who]) } ?? who
            what = wording.text("readings.act.\(reading.act.rawValue)")
            let words = reading.details["words"] ?? reading.details["reason"] ?? ""
            detail =
                reading.way == .api ? [words, wording.text("readings.byProgram")].filter { !$0.isEmpty }.joined(separator: " · ") : words
            conversationPath = reading.conversation.map { "/conversations/\($0.text)" }
            moment = wording.moment(reading.at)
            machineTime = wording.machineTime(reading.at)
        }
    }

    package init(
        workspace: Workspace, notes: [String], bars: [Bar], people: [Choice], act: Reading.Act?, rows: [Row], filePath: String,
        nextPath: String?, wording: Wording
    ) {
        workspaceName = workspace.name
        peoplePath = "/people/\(workspace.id.text)"
        path = "\(peoplePath)/readings"
        self.filePath = filePath
        self.notes = notes
        hasNotes = !notes.isEmpty
        self.bars = bars
        hasBars = !bars.isEmpty
        self.people = people
        acts = Reading.Act.allCases.map {
            Choice(value: $0.rawValue, label: wording.text("readings.act.\($0.rawValue)"), isChosen: $0 == act)
        }
        self.rows = rows
        isEmpty = rows.isEmpty
        self.nextPath = nextPath
    }
}

extension Wording {
    /// What is out of the ordinary, in a sentence.
    package func readingNote(_ note: ReadingNote, name: String) -> String {
        text("readings.note.\(note.kind.rawValue)", count: note.count, ["name": name])
    }
}
