/// Accepting an invitation. Form fields: `name`, `password`; sent to `/invitations/{token}`.
package struct InvitationPage: PageModel {
    package static let template = "pages.invitation"

    package let token: String
    package let workspaceName: String
    package let inviterName: String
    package let roleName: String
    package let email: String
    /// What the role covers, one matter a line: "Contestar WhatsApp de Tienda".
    package let covers: [String]
    package let hasCovers: Bool
    package let name: Field
    package let passwordError: String?

    package init(
        token: String, workspaceName: String, inviterName: String, roleName: String, email: String, covers: [String],
        name: Field = Field(), passwordError: String? = nil
    ) {
        self.token = token
        self.workspaceName = workspaceName
        self.inviterName = inviterName
        self.roleName = roleName
        self.email = email
        self.covers = covers
        hasCovers = !covers.isEmpty
        self.name = name
        self.passwordError = passwordError
    }
}
