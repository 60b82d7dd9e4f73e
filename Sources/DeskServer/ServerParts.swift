package import ChannelKit
package import DeskCore
package import DeskServices
package import DeskWeb

/// What the server is put together from; made by the composition root.
package struct ServerParts: Sendable {
    package let context: DeskContext
    package let passwords: any PasswordHashing
    package let blobs: any BlobStoring
    package let adapters: [ChannelName: any ChannelAdapter]
    package let bus: EventBus
    package let renderer: PageRenderer
    package let settings: ServerSettings
    /// Signs heads of the ledgers where a receipt needs one.
    package let signing: any HeadSigning
    /// The way to identity providers.
    package let providers: any IdentityProviding
    /// The way to mail servers.
    package let mailboxes: any MailboxConnecting
    /// Must run beside the server: without it, no mailbox is tried.
    package let mailboxDrafts: MailboxDrafts
    /// Must run beside the server: without it, event streams stay silent.
    package let hub: EventHub
    package let metrics: Metrics
    /// What is known of the room for files.
    package let disk: DiskWatch
    /// Rung when something was received that is still to be projected.
    let projectionBell: ProjectionBell

    package init(
        context: DeskContext, passwords: any PasswordHashing, blobs: any BlobStoring, adapters: [ChannelName: any ChannelAdapter],
        bus: EventBus, renderer: PageRenderer, settings: ServerSettings, signing: any HeadSigning,
        providers: any IdentityProviding, mailboxes: any MailboxConnecting, metrics: Metrics? = nil,
        disk: DiskWatch = DiskWatch(), projectionBell: ProjectionBell = ProjectionBell()
    ) {
        self.context = context
        self.passwords = passwords
        self.blobs = blobs
        self.adapters = adapters
        self.bus = bus
        self.renderer = renderer
        self.settings = settings
        self.signing = signing
        self.providers = providers
        self.mailboxes = mailboxes
        mailboxDrafts = MailboxDrafts(context, mailboxes: mailboxes)
        self.disk = disk
        self.projectionBell = projectionBell
        self.metrics = metrics ?? Metrics(startedAt: context.time.now())
        hub = EventHub(context, bus: bus)
    }

    var storage: any Storage { context.storage }
    var now: Instant { context.time.now() }
    var proving: ProveMessage { ProveMessage(context, signing: signing) }
    var growth: ProveGrowth { ProveGrowth(context, signing: signing) }
    package var summaries: SummaryWriter { SummaryWriter(catalogues: renderer.catalogues, publicURL: settings.publicURL) }
    var sessions: Sessions { Sessions(context) }
    var secondFactors: SecondFactors { SecondFactors(context, passwords: passwords) }
    var linking: LinkIdentity {
        LinkIdentity(context, passwords: passwords, providers: providers, returningTo: returnAddress)
    }
    var providerSignIn: SignInWithProvider { SignInWithProvider(context, providers: providers, returningTo: returnAddress) }
    private var returnAddress: String { settings.publicURL + SignInWithProvider.returnPath }
    var signIn: SignIn { SignIn(context, passwords: passwords) }
}

/// How this server was started.
package struct ServerSettings: Sendable {
    /// The address under which people and providers reach it, without a slash at the end.
    package var publicURL: String
    /// Whether its people and channels are made up; said on every page.
    package var isDemo: Bool
    /// Sign-ins that the demonstration offers.
    package var samplePeople: [SignInPage.SamplePerson]
    /// What the first run must show to prove that it is the operator; nil once a workspace exists.
    package var setupToken: Secret?
    package var version: String
    /// Where flaws are reported (RFC 9116): a `mailto:` or `https:` address; nil: the help page.
    package var securityContact: String?
    /// Whose word about where requests come from counts.
    package var trustedProxies: TrustedProxies
    /// Largest provider request, in bytes.
    package var maximumWebhookBytes: Int
    /// Largest form or API request, in bytes.
    package var maximumRequestBytes: Int

    package init(
        publicURL: String, isDemo: Bool = false, samplePeople: [SignInPage.SamplePerson] = [], setupToken: Secret? = nil,
        version: String = "0.1.0", securityContact: String? = nil, trustedProxies: TrustedProxies = .loopback,
        maximumWebhookBytes: Int = 4 * 1_048_576, maximumRequestBytes: Int = 104 * 1_048_576
    ) {
        self.publicURL = publicURL
        self.isDemo = isDemo
        self.samplePeople = samplePeople
        self.setupToken = setupToken
        self.version = version
        self.securityContact = securityContact
        self.trustedProxies = trustedProxies
        self.maximumWebhookBytes = maximumWebhookBytes
        self.maximumRequestBytes = maximumRequestBytes
    }
}
