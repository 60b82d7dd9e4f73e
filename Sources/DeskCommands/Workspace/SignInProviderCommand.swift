import ArgumentParser
import DeskCore
import DeskServices

/// `contesta sign-in-provider`.
struct SignInProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in-provider", abstract: "Let a workspace's people sign in with Google, Entra ID, Keycloak, Authentik …",
        discussion: """
            Any provider that speaks OpenID Connect. A person links their identity there to their account once, under Settings, with \
            the password; from then on one button is enough. The password goes on working.
            """, subcommands: [SignInProviderSet.self, SignInProviderShow.self, SignInProviderRemove.self])
}

/// `contesta sign-in-provider set`.
struct SignInProviderSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set the identity provider of a workspace; prints the redirect URI to register there.",
        discussion: """
            The client secret comes on standard input, as client_secret=…, with --secrets-stdin. The provider is asked at once what it \
            is. The same issuer and client id keep whom they vouch for; with others, people link their identities anew, and whoever is \
            signed in through the old ones is signed out.
            """)

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @Option(help: "What its button calls it, as in \"Sign in with Google\".")
    var name: String

    @Option(help: ArgumentHelp("The provider's address, exactly as it calls itself.", valueName: "url"))
    var issuer: String

    @Option(name: .customLong("client-id"), help: ArgumentHelp("What the provider calls this desk.", valueName: "id"))
    var client: String

    @Flag(help: "Read the client secret from standard input. Required: it is taken from nowhere else.")
    var secretsStdin = false

    @OptionGroup var address: ReturnAddressOptions

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard secretsStdin else { throw ValidationError("Add --secrets-stdin and give client_secret=… on standard input.") }
    }

    func run() async throws {
        let (provider, remarks) = try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            return try await SetIdentityProvider(desk.context, providers: desk.identityProviders).set(
                SetIdentityProvider.Request(
                    workspace: workspace.id, name: name, issuer: issuer, client: client, secret: try Self.clientSecret()))
        }
        let redirect = try await address.text(store)
        for remark in remarks { CommandFailure.say("contesta: \(remark)") }
        print(
            json
                ? try Output.json(["provider_id": provider.id.text, "redirect_uri": redirect])
                : "\(provider.name) is set. Register this redirect URI there: \(redirect)")
    }

    /// - Throws: `invalid_request` when it is missing, or something else came too.
    private static func clientSecret() throws -> Secret {
        let secrets = try SecretInput.pairs()
        guard let secret = secrets["client_secret"], !secret.isEmpty, secrets.count == 1 else {
            throw DeskError(
                .invalidRequest, message: "One line is expected on standard input: client_secret=… Nothing was changed.")
        }
        return secret
    }
}

/// `contesta sign-in-provider show`.
struct SignInProviderShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a workspace's identity provider; never its secret.")

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @OptionGroup var address: ReturnAddressOptions

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let provider = try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            return try await SetIdentityProvider(desk.context, providers: desk.identityProviders).provider(of: workspace.id)
        }
        let redirect = try await address.text(store)
        guard let provider else {
            return print(json ? "{}" : "The workspace has no identity provider. Its redirect URI would be \(redirect)")
        }
        let fields: KeyValuePairs = [
            "name": provider.name, "issuer": provider.issuer, "client_id": provider.client, "provider_id": provider.id.text,
            "redirect_uri": redirect,
        ]
        print(json ? try Output.json(fields) : fields.map { "\($0.key): \($0.value)" }.joined(separator: "\n"))
    }
}

/// `contesta sign-in-provider remove`.
struct SignInProviderRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a workspace's identity provider, and sign out whoever came through it. Passwords go on working.")

    @Argument(help: "The workspace's name or id.")
    var workspace: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withDesk { desk in
            let workspace = try await desk.workspace(named: workspace)
            try await SetIdentityProvider(desk.context, providers: desk.identityProviders).remove(from: workspace.id)
        }
        print(json ? "{}" : "The identity provider was removed; whoever came through it was signed out.")
    }
}

/// Under which address the desk is reached, for the redirect URI.
struct ReturnAddressOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The address of the desk, for the redirect URI. Also CONTESTA_PUBLIC_URL.", valueName: "url"))
    var publicURL: String?

    func text(_ store: StoreOptions) async throws -> String {
        let settings = try await CommandFailure.telling { try await ServeSettings.read(in: store.folder) }
        let desk = publicURL ?? settings.publicURL ?? settings.localURL
        return (desk.hasSuffix("/") ? String(desk.dropLast()) : desk) + SignInWithProvider.returnPath
    }
}
