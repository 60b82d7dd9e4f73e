/// The first run: whose desk this is.
package struct SetupPage: PageModel {
    package static let template = "pages.setup"

    /// The one-time token from the start-up line, carried by a hidden field; asked for when empty.
    package let token: Field
    package let asksForToken: Bool
    package let workspaceName: Field
    package let ownerName: Field
    package let email: Field
    /// Never filled in again; only its error counts.
    package let passwordError: String?
    package let languages: [Choice]
    package let timeZones: [Choice]

    /// Form fields: `token`, `workspace_name`, `owner_name`, `email`, `password`, `locale`, `time_zone`.
    package init(
        token: Field, workspaceName: Field = Field(), ownerName: Field = Field(), email: Field = Field(), passwordError: String? = nil,
        languages: [Choice], timeZones: [Choice]
    ) {
        self.token = token
        asksForToken = token.value.isEmpty || token.error != nil
        self.workspaceName = workspaceName
        self.ownerName = ownerName
        self.email = email
        self.passwordError = passwordError
        self.languages = languages
        self.timeZones = timeZones
    }
}
