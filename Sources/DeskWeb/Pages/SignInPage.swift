/// Signing in. Form fields: `email`, `password`, `next`.
package struct SignInPage: PageModel {
    package static let template = "pages.sign-in"

    package let email: String
    /// What was wrong, without saying which of the two.
    package let error: String?
    /// Where to go afterwards; a path of this server.
    package let next: String
    /// The workspaces' identity providers.
    package let providers: [ProviderButton]
    package let hasProviders: Bool
    /// The sample people of the demonstration; empty in earnest.
    package let samplePeople: [SamplePerson]
    package let hasSamplePeople: Bool

    /// Somebody to sign in as, in the demonstration.
    package struct SamplePerson: Sendable {
        package let name: String
        package let email: String
        package let password: String

        package init(name: String, email: String, password: String) {
            self.name = name
            self.email = email
            self.password = password
        }
    }

    package init(
        email: String = "", error: String? = nil, next: String = "/", providers: [ProviderButton] = [], samplePeople: [SamplePerson] = []
    ) {
        self.email = email
        self.error = error
        self.next = next
        self.providers = providers
        hasProviders = !providers.isEmpty
        self.samplePeople = samplePeople
        hasSamplePeople = !samplePeople.isEmpty
    }
}
