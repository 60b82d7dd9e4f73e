/// Puts a summary into words, in a reader's language and on their clock.
package protocol SummaryWriting: Sendable {
    func write(_ summary: DaySummary, for reader: SummaryReader) -> SummaryLetter
}

/// Who reads a summary, and what they may want to open from it.
package struct SummaryReader: Sendable {
    package let workspace: Workspace
    package let user: User
    /// What the mail carries; nil while the ledger is empty.
    package let head: LedgerCheckpoint?

    package init(workspace: Workspace, user: User, head: LedgerCheckpoint?) {
        self.workspace = workspace
        self.user = user
        self.head = head
    }
}

package struct SummaryLetter: Hashable, Sendable {
    package let subject: String
    /// Lines end with LF.
    package let text: String

    package init(subject: String, text: String) {
        self.subject = subject
        self.text = text
    }
}
