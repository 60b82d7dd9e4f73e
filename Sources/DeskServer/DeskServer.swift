import DeskServices
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle

/// The web server: every route of it, and nothing else.
package enum DeskServer {
    /// How long a connection may say nothing, or be slow with its request, before it is closed. What is being answered may take longer.
    private static let longestSilence = TimeAmount.seconds(30)

    /// The router, for tests as for serving.
    package static func router(_ parts: ServerParts) -> Router<DeskRequestContext> {
        let router = Router(context: DeskRequestContext.self)
        let answers = PageAnswers(parts: parts)
        router.addMiddleware {
            FindOrigin(proxies: parts.settings.trustedProxies)
            SecurityHeaders(chance: parts.context.chance)
            TellErrors(pages: answers)
            IdentifyVisitor(
                signIn: parts.signIn, sessions: parts.sessions, time: parts.context.time, chance: parts.context.chance,
                publicURL: parts.settings.publicURL)
            // Once more, now that it is known who asks: in their language, with their name in the log.
            TellErrors(pages: answers)
        }
        addPages(to: router, parts, answers)
        addInterfaces(to: router, parts)
        return router
    }

    /// The server as a service, bound to an address.
    /// - Parameters:
    ///   - certificate: for TLS; nil to speak plain HTTP.
    ///   - onBound: called with the port once requests are taken.
    package static func application(
        _ parts: ServerParts, host: String, port: Int, certificate: CurrentCertificate? = nil, services: [any Service], logger: Logger,
        onBound: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router(parts), server: protocols(certificate),
            configuration: .init(
                address: .hostname(host, port: port), serverName: "Contesta", availableConnectionsDelegate: DescriptorRoom()),
            services: [parts.hub, parts.mailboxDrafts] + services,
            onServerRunning: { channel in await onBound(channel.localAddress?.port ?? port) }, logger: logger)
    }

    private static func protocols(_ certificate: CurrentCertificate?) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(idleTimeout: longestSilence)
        guard let certificate else { return .http1(configuration: configuration) }
        return HTTPServerBuilder { responder in
            SecureChannel(plain: HTTP1Channel(responder: responder, configuration: configuration), certificate: certificate)
        }
    }

    private static func addPages(to router: Router<DeskRequestContext>, _ parts: ServerParts, _ answers: PageAnswers) {
        QueueRoutes(parts: parts, answers: answers).add(to: router)
        ConversationRoutes(parts: parts, answers: answers).add(to: router)
        ReplyRoutes(parts: parts, answers: answers).add(to: router)
        ReactionRoutes(parts: parts).add(to: router)
        MailRoutes(parts: parts, answers: answers).add(to: router)
        SignInRoutes(parts: parts, answers: answers).add(to: router)
        ProviderRoutes(parts: parts, answers: answers).add(to: router)
        SetupRoutes(parts: parts, answers: answers).add(to: router)
        MembershipRoutes(parts: parts, answers: answers).add(to: router)
        ConnectRoutes(parts: parts, answers: answers).add(to: router)
        MailboxRoutes(parts: parts, answers: answers).add(to: router)
        CareRoutes(parts: parts).add(to: router)
        OverviewRoutes(parts: parts, answers: answers).add(to: router)
        SettingsRoutes(parts: parts, answers: answers).add(to: router)
        HoursRoutes(parts: parts, answers: answers).add(to: router)
        SummaryRoutes(parts: parts, answers: answers).add(to: router)
        AccountRoutes(parts: parts, answers: answers).add(to: router)
        TokenRoutes(parts: parts, answers: answers).add(to: router)
        PeopleRoutes(parts: parts, answers: answers).add(to: router)
        MemberViewRoutes(parts: parts, answers: answers).add(to: router)
        ReadingLogRoutes(parts: parts, answers: answers).add(to: router)
        DataRoutes(parts: parts, answers: answers).add(to: router)
        SignedCopyRoutes(parts: parts, answers: answers).add(to: router)
        AgreementRoutes(parts: parts, answers: answers).add(to: router)
        ProofRoutes(parts: parts, answers: answers).add(to: router)
        LiveRoutes(parts: parts, answers: answers).add(to: router)
    }

    private static func addInterfaces(to router: Router<DeskRequestContext>, _ parts: ServerParts) {
        WebhookRoutes(parts: parts).add(to: router)
        APIRoutes(parts: parts).add(to: router)
        EventRoutes(parts: parts).add(to: router)
        OperationRoutes(parts: parts).add(to: router)
    }
}
