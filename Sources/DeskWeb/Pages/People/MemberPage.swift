package import DeskCore

/// What one member may see and do.
///
/// Form fields: `role`, `mode` (`role` or `own`), `action_…`, `every_inbox`, `inbox_…`, `every_topic`, `topic_…`, `class_…`, `own_only`
/// (each `on` or absent), `ends_on` (a date, or empty).
package struct MemberPage: PageModel {
    package static let template = "pages.member"

    package let name: String
    package let email: String
    package let workspaceName: String
    package let stateWords: String
    package let path: String
    package let peoplePath: String
    package let readingsPath: String
    /// Nil for a principal, and for whoever has left.
    package let lookPath: String?
    package let revokePath: String?
    /// What can be changed; nil for a principal.
    package let form: FormValues?
    package let errorWords: String?
    package let signed: [SignedCopyPage.Link]
    package let hasSigned: Bool
    /// Of programs that act for the member here.
    package let tokens: [TokensPage.Row]
    package let hasTokens: Bool
    package var section: NavigationSection? { .settings }

    /// What the form holds.
    package struct FormValues: Sendable {
        package let roles: [Choice]
        package let isByRole: Bool
        package let actions: [Choice]
        package let isEveryInbox: Bool
        package let inboxes: [Choice]
        package let hasInboxes: Bool
        package let isEveryTopic: Bool
        package let topics: [Choice]
        package let classes: [Choice]
        package let isLimitedToOwn: Bool
        package let endsOn: String

        /// - Parameter endsOn: the last day, as browsers write dates.
        package init(_ membership: Membership, inboxes: [Inbox], endsOn: String, wording: Wording) {
            let grant = membership.grant
            roles = Role.granted(chosen: membership.role, wording: wording)
            isByRole = membership.customGrant == nil
            actions = Policy.Action.allCases.filter { $0 != .govern }.map {
                Choice(
                    value: "action_\($0.rawValue)", label: wording.text("grant.action.\($0.rawValue)"),
                    isChosen: grant.actions.contains($0))
            }
            isEveryInbox = grant.inboxes == nil
            self.inboxes = inboxes.map {
                Choice(
                    value: "inbox_\($0.id.text)", label: wording.inbox($0), isChosen: grant.inboxes?.contains($0.id) ?? false)
            }
            hasInboxes = !inboxes.isEmpty
            isEveryTopic = grant.topics == nil
            topics = Topic.allCases.map {
                Choice(
                    value: "topic_\($0.rawValue)", label: wording.text("topic.\($0.rawValue)"),
                    isChosen: grant.topics?.contains($0) ?? false)
            }
            classes = [ContactClass.ordinary, .important].map {
                Choice(
                    value: "class_\($0.rawValue)", label: wording.text("contactClass.\($0.rawValue)"),
                    isChosen: grant.contactClasses.contains($0))
            }
            isLimitedToOwn = grant.isLimitedToOwn
            self.endsOn = endsOn
        }
    }

    package init(
        _ row: PeoplePage.Row, workspace: Workspace, form: FormValues?, hasError: Bool = false, signed: [SignedCopyPage.Link],
        tokens: [TokensPage.Row], wording: Wording
    ) {
        name = row.name
        email = row.email
        workspaceName = workspace.name
        stateWords = row.stateWords
        path = row.path
        peoplePath = "/people/\(workspace.id.text)"
        readingsPath = "/people/\(workspace.id.text)/readings?reader=\(row.id)"
        lookPath = form == nil || row.isEnded ? nil : "\(row.path)/look"
        revokePath = form == nil || row.isEnded ? nil : "\(row.path)/revocation"
        self.form = form
        errorWords = hasError ? wording.text("member.wrong") : nil
        self.signed = signed
        hasSigned = !signed.isEmpty
        self.tokens = tokens
        hasTokens = !tokens.isEmpty
    }
}
