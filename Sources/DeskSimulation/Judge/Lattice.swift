import DeskCore

/// Watches that no attempt ever moves back, and that the ledger has each of its states.
struct Lattice: Sendable {
    private var last: [Attempt.ID: (state: String, allowed: Int)] = [:]
    private var recorded: [String: String] = [:]

    mutating func note(_ entry: LedgerEntry) {
        guard entry.kind == .attemptChanged else { return }
        recorded[entry.subject] = entry.details["state"]
    }

    mutating func violations(in view: ConversationView, _ answers: [String: Answer]) -> [Violation] {
        view.outbound.flatMap { message -> [Violation] in
            guard let attempt = view.attempts[message.id], let answer = answers[message.content.text] else { return [] }
            let (name, before) = (attempt.state.name, last[attempt.id])
            last[attempt.id] = (name, answer.allowed)
            var found: [Violation] = []
            if name != "held", recorded[attempt.id.text] != name {
                found.append(
                    Violation(.ledger, "“\(answer.text)” is \(name), and the ledger says \(recorded[attempt.id.text] ?? "nothing")"))
            }
            guard let before, before.state != name else { return found }
            let isDecided = answer.allowed > before.allowed
            if !Self.next(after: before.state, isDecided: isDecided).contains(name) {
                found.append(Violation(.orderAndLattice, "“\(answer.text)” went from \(before.state) to \(name)"))
            }
            return found
        }
    }

    /// What may come after a state, be it after several steps.
    private static func next(after state: String, isDecided: Bool) -> Set<String> {
        let taken: Set = ["accepted", "delivered", "read"]
        let onTheWay: Set = ["queued", "sending", "unknown", "failed"]
        return switch state {
        case "held": onTheWay.union(taken).union(["undone"])
        case "queued", "sending": onTheWay.union(taken)
        case "unknown": isDecided ? onTheWay.union(taken) : taken.union(["failed"])
        case "failed": isDecided ? onTheWay.union(taken) : ["delivered", "read"]
        case "accepted": isDecided ? onTheWay.union(taken) : ["delivered", "read", "failed"]
        case "delivered": ["read"]
        default: []
        }
    }
}
