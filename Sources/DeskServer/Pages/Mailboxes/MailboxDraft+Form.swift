import DeskCore
import DeskServices

extension MailboxDraft {
    private static let typed = [
        "imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port", "smtp_security", "username", "certificate_authority",
    ]
    private static let permissionFields = ["oauth_authorization_url", "oauth_token_url", "oauth_scope", "oauth_client_id"]

    /// What a form says. A secret that was left empty stays as it was.
    mutating func take(_ form: Form, providers: [MailProvider]) {
        name = form.optional("name") ?? address
        provider = providers.first { $0.id == form["provider"] }
        settings = Self.fields(Self.typed, of: form)
        permission = Self.fields(Self.permissionFields, of: form)
        if let password = form.optional("password") {
            secrets = ["password": Secret(password)]
        }
        if let clientSecret = form.optional("oauth_client_secret") { secrets["oauth_client_secret"] = Secret(clientSecret) }
    }

    private static func fields(_ names: [String], of form: Form) -> [String: String] {
        names.reduce(into: [:]) { fields, name in fields[name] = form.optional(name) }
    }

    /// As it was typed, and where nothing was, as the provider has it.
    func permissionAsked(by provider: MailProvider?) -> MailboxPermission {
        let known = provider?.authorization
        return MailboxPermission(
            authorizationURL: permission["oauth_authorization_url"] ?? known?.address ?? "",
            tokenURL: permission["oauth_token_url"] ?? known?.tokenURL ?? "", scope: permission["oauth_scope"] ?? known?.scope ?? "",
            parameters: known?.parameters ?? [:], clientID: permission["oauth_client_id"] ?? "",
            clientSecret: secrets["oauth_client_secret"], address: address)
    }

    /// From now on the mailbox is opened with a permission, and no password is kept.
    mutating func keep(_ refreshToken: Secret, for permission: MailboxPermission) {
        settings["oauth_token_url"] = permission.tokenURL
        settings["oauth_client_id"] = permission.clientID
        secrets = ["oauth_refresh_token": refreshToken]
        secrets["oauth_client_secret"] = permission.clientSecret
    }
}
