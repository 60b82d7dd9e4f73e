package import DeskCore

/// Who belongs to a desk, for its principal. The invitation's form fields: `email`, `role`.
package struct PeoplePage: PageModel {
    package static let template = "pages.people"

    package let workspaceName: String
    package let path: String
    package let readingsPath: String
    package let dataPath: String
    package let agreementPath: String
    package let members: [Row]
    package let roles: [Choice]
    package let email: String
    package let errorWords: String?
    /// The link of the invitation that was just made; it is shown this once.
    package let link: String?
    package var section: NavigationSection? { .settings }

    /// One member.
    package struct Row: Sendable {
        package let id: String
        package let path: String
        package let name: String
        package let email: String
        package let roleName: String
        /// "Firmó el acuerdo", "Falta su firma", "Ya no está".
        package let stateWords: String
        package let isEnded: Bool

        package init(_ user: User, _ membership: Membership, agreement: Int, wording: Wording) {
            id = user.id.text
            path = "/people/\(membership.workspace.text)/members/\(user.id.text)"
            name = user.name
            email = user.email
            roleName = wording.role(membership.role.rawValue)
            isEnded = !membership.isInForce(at: wording.now)
            let state =
                if isEnded {
                    "ended"
                } else if membership.role == .principal {
                    "owner"
                } else {
                    membership.signedAgreement == agreement ? "signed" : "unsigned"
                }
            stateWords = wording.text("people.state.\(state)")
        }
    }

    package init(
        workspace: Workspace, members: [Row], email: String = "", hasError: Bool = false, link: String? = nil, wording: Wording
    ) {
        workspaceName = workspace.name
        path = "/people/\(workspace.id.text)"
        readingsPath = "/people/\(workspace.id.text)/readings"
        dataPath = "/people/\(workspace.id.text)/data"
        agreementPath = "/people/\(workspace.id.text)/agreement"
        self.members = members
        roles = Role.granted(chosen: .assistant, wording: wording)
        self.email = email
        errorWords = hasError ? wording.text("people.invite.wrong") : nil
        self.link = link
    }
}

extension Role {
    /// Everything that a member can be made.
    static func granted(chosen: Role, wording: Wording) -> [Choice] {
        allCases.filter { $0 != .principal }.map {
            Choice(value: $0.rawValue, label: wording.role($0.rawValue), isChosen: $0 == chosen)
        }
    }
}
