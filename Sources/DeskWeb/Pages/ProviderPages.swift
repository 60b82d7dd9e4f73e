package import DeskCore

/// On the way to an identity provider. The answer's `Refresh` header goes on by itself; browsers keep forms from leading elsewhere.
package struct LeavingPage: PageModel {
    package static let template = "pages.leaving"

    package let title: String
    package let text: String
    package let action: String
    package let address: String

    package init(providerName: String, address: String, wording: Wording) {
        title = wording.text("leaving.title", ["name": providerName])
        text = wording.text("leaving.text", ["name": providerName])
        action = wording.text("leaving.action", ["name": providerName])
        self.address = address
    }
}

/// Somebody came back from an identity provider, and nothing came of it: why, and what to do.
package struct ProviderRefusalPage: PageModel {
    package static let template = "pages.provider-refusal"

    /// What can be told; nothing that helps to guess.
    package enum Reason: String, Sendable, CaseIterable {
        case expired, cancelled, unavailable, refused, notLinked, taken, passwordNeeded, tooOften
    }

    package let title: String
    package let text: String
    package let actionPath: String
    package let actionLabel: String

    /// - Parameter isSignedIn: whether it was to be linked to the account that is open here.
    package init(_ reason: Reason, isSignedIn: Bool, wording: Wording) {
        title = wording.text("providerRefusal.\(reason.rawValue).title")
        text = wording.text("providerRefusal.\(reason.rawValue).text")
        actionPath = isSignedIn ? "/settings/account" : "/sign-in"
        actionLabel = wording.text(isSignedIn ? "providerRefusal.toAccount" : "providerRefusal.toSignIn")
    }
}

/// A button of the sign-in page that leads to an identity provider.
package struct ProviderButton: Sendable {
    package let path: String
    package let label: String

    package init(_ provider: IdentityProviderName, wording: Wording) {
        path = "/sign-in/with/\(provider.id)"
        label = wording.text("signIn.with", ["name": provider.name])
    }
}

/// A provider as pages know it.
package struct IdentityProviderName: Sendable {
    package let id: String
    package let name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

extension AccountPage {
    /// An identity provider, and whether it opens the account. Form field: `password`.
    package struct Identity: Sendable {
        package let name: String
        package let words: String
        package let isLinked: Bool
        package let path: String
        package let action: String
        /// For the password's label.
        package let field: String
        package let error: String?

        package init(_ provider: IdentityProviderName, linkedAt: Instant?, problem: FieldProblem? = nil, wording: Wording) {
            name = provider.name
            isLinked = linkedAt != nil
            words = linkedAt.map { wording.text("account.linked", ["day": wording.fullDay($0)]) } ?? wording.text("account.notLinked")
            path = "/settings/account/identities/\(provider.id)" + (linkedAt == nil ? "" : "/removal")
            action = wording.text(linkedAt == nil ? "account.linkIdentity" : "account.unlinkIdentity", ["name": provider.name])
            field = "identity-\(provider.id)"
            error = problem.map { wording.fieldProblem($0) }
        }
    }
}
