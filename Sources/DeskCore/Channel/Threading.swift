/// By what a message says to which thread it belongs, on channels where one contact may have several.
package struct Threading: Hashable, Sendable {
    /// Attempts of ours that it answers, by marks that only this desk can have made; the newest first.
    package var attempts: [String]
    /// What it says it belongs to, in the channel's words; the newest first. Anybody can say it, so it counts within the threads of the
    /// same contact only.
    package var marks: [String]
    /// Under what later messages will name this one.
    package var mark: String?
    /// Whether it is taken in only where it belongs to a thread that is there: what the principal writes elsewhere to others is not
    /// the desk's.
    package var joinsOnly: Bool

    package init(attempts: [String] = [], marks: [String] = [], mark: String? = nil, joinsOnly: Bool = false) {
        self.attempts = attempts
        self.marks = marks
        self.mark = mark
        self.joinsOnly = joinsOnly
    }
}
