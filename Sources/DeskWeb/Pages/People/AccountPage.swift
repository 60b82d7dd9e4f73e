package import DeskCore

/// How somebody proves who they are, and where they are signed in.
///
/// Form fields: `current`, `password`; `code`; `password`; of an identity, `password`.
package struct AccountPage: PageModel {
    package static let template = "pages.account"

    package let email: String
    package let currentError: String?
    package let passwordError: String?
    package let isAppOn: Bool
    /// "Quedan 8 códigos de recuperación."
    package let recoveryWords: String
    /// While an app is being set up: what to type into it.
    package let setup: Setup?
    package let codeError: String?
    /// Shown this once, right after the app was turned on.
    package let recoveryCodes: [String]
    package let hasRecoveryCodes: Bool
    /// The identity providers of their workspaces.
    package let identities: [Identity]
    package let hasIdentities: Bool
    package let devices: [Device]
    package let hasOthers: Bool
    /// The agreements that they signed, wherever they are or were a member.
    package let signed: [SignedCopyPage.Link]
    package let hasSigned: Bool
    package var section: NavigationSection? { .settings }

    /// What an authenticator app wants to know.
    package struct Setup: Sendable {
        /// In groups of four.
        package let key: String
        package let link: String
        /// The same link for a camera; nil for an account whose name is too long for it.
        package let image: Image?

        /// A QR code with its quiet zone.
        package struct Image: Sendable {
            /// Of the view box, in modules.
            package let side: Int
            package let path: String
        }

        package init(_ code: TimedCode, account: String) {
            let characters = Array(code.words)
            key = stride(from: 0, to: characters.count, by: 4).map { String(characters[$0..<min($0 + 4, characters.count)]) }
                .joined(separator: " ")
            link = code.link(account: account, issuer: "Contesta")
            image = QRCode(link).map { Image(side: $0.size + 2 * QRCode.quietZone, path: $0.path) }
        }
    }

    /// One browser.
    package struct Device: Sendable {
        package let path: String
        package let name: String
        package let place: String
        package let seen: String
        package let isThis: Bool

        package init(handle: String, userAgent: String, place: String, seenAt: Instant, isThis: Bool, wording: Wording) {
            path = "/settings/account/devices/\(handle)/end"
            name = BrowserName.words(of: userAgent) ?? wording.text("account.unknownDevice")
            self.place = place
            seen = wording.ago(seenAt)
            self.isThis = isThis
        }
    }

    package init(
        email: String, currentError: String? = nil, passwordError: String? = nil, isAppOn: Bool, recoveryCodesLeft: Int, setup: Setup?,
        codeError: String? = nil, recoveryCodes: [String] = [], identities: [Identity] = [], devices: [Device],
        signed: [SignedCopyPage.Link],
        wording: Wording
    ) {
        self.email = email
        self.currentError = currentError
        self.passwordError = passwordError
        self.isAppOn = isAppOn
        recoveryWords = wording.text("account.recoveryLeft", count: recoveryCodesLeft)
        self.setup = setup
        self.codeError = codeError
        self.recoveryCodes = recoveryCodes
        hasRecoveryCodes = !recoveryCodes.isEmpty
        self.identities = identities
        hasIdentities = !identities.isEmpty
        self.devices = devices
        hasOthers = devices.count > 1
        self.signed = signed
        hasSigned = !signed.isEmpty
    }
}

/// The code of an authenticator app, after the password. Form fields: `code`, `next`.
package struct SignInCodePage: PageModel {
    package static let template = "pages.sign-in-code"

    package let error: String?
    package let next: String

    package init(error: String? = nil, next: String) {
        self.error = error
        self.next = next
    }
}

/// The password again, before what is sensitive. Form fields: `password`, `next`.
package struct ConfirmPage: PageModel {
    package static let template = "pages.confirm"

    package let email: String
    package let passwordError: String?
    package let next: String

    package init(email: String, passwordError: String? = nil, next: String) {
        self.email = email
        self.passwordError = passwordError
        self.next = next
    }
}

/// A browser and its system in a few words, from what it calls itself.
enum BrowserName {
    private static let browsers = [
        ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]

    /// Nil for one that nobody knows.
    static func words(of userAgent: String) -> String? {
        let browser = browsers.first { userAgent.contains($0.0) }?.1
        let system = systems.first { userAgent.contains($0.0) }?.1
        let words = [browser, system].compactMap(\.self).joined(separator: " · ")
        return words.isEmpty ? nil : words
    }
}
