import DeskCore

extension SQLStatement {
    /// What `Grant.covers` says, for a statement in which `c` are conversations and `p` their contacts.
    static func sight(of scope: Scope, in workspace: Workspace.ID) -> SQLStatement {
        guard let grant = scope.sights[workspace]?.grant, grant.actions.contains(.read) else { return "AND FALSE" }
        let inboxes: SQLStatement = grant.inboxes.map { isOne(of: $0.sorted(), "c.inbox") } ?? ""
        let topics: SQLStatement = grant.topics.map { isOne(of: $0.map(\.rawValue).sorted(), "c.topic") } ?? ""
        let own: SQLStatement = grant.isLimitedToOwn ? "AND c.assignee = \(scope.user)" : ""
        let isEveryClass = grant.contactClasses.count == ContactClass.allCases.count
        let classes: SQLStatement =
            isEveryClass ? "" : isOne(of: grant.contactClasses.map(\.rawValue).sorted(), "p.contact_class")
        return "\(inboxes) \(topics) \(own) \(classes)"
    }

    private static func isOne(of values: [some SQLBindable], _ column: SQLStatement) -> SQLStatement {
        values.isEmpty ? "AND FALSE" : "AND \(column) IN (\(list: values))"
    }
}
