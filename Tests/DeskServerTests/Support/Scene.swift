import DeskCore
import DeskServices
import DeskTesting
import DeskWeb
import Hummingbird
import HummingbirdTesting
import Logging
import WhatsAppChannel

@testable import DeskServer

/// A server with two workspaces that must not know of each other, and everybody who may or may not see them.
struct Scene: Sendable {
    static let password = "correct horse battery"
    static let appSecret = "app-secret-of-sur"
    static let otherAppSecret = "app-secret-of-norte"
    static let verifyToken = "verify-me"

    /// A workspace with its people; tokens are bearer tokens.
    struct Place: Sendable {
        let workspace: Workspace
        let owner: User
        let ownerToken: String
        let inbox: Inbox
        let appSecret: String
    }

    private static let renderer = Result { try PageRenderer() }

    let time: ManualTime
    let storage: UnreliableStorage
    let channels: ScriptedChannels
    let providers: ScriptedProviders
    let mailboxes: ScriptedMailboxes
    let bus: EventBus
    let context: DeskContext
    let parts: ServerParts
    let passwords: TransparentPasswords
    let sur: Place
    let norte: Place
    /// A member of `sur` who signed.
    let assistant: User
    let assistantToken: String
    /// A member of `sur` who has not signed.
    let newcomer: User
    let newcomerToken: String

    static func open(logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })) async throws -> Scene {
        let (time, channels, bus, passwords) = (
            ManualTime(), ScriptedChannels(reading: WhatsAppAdapter().events), EventBus(), TransparentPasswords()
        )
        let (providers, mailboxes) = (ScriptedProviders(), ScriptedMailboxes())
        let metrics = Metrics(startedAt: time.now())
        let storage = UnreliableStorage(
            try await StorageFactory.sqliteInMemory.storage { events in
                metrics.count(events)
                bus.publish(events)
            })
        let context = DeskContext(
            storage: storage, time: time, identifiers: SequentialIdentifiers(), chance: FixedChance(), timeZones: WallClocks(),
            channels: channels, notices: ScriptedNotices(), logger: logger)
        let parts = ServerParts(
            context: context, passwords: passwords, blobs: MemoryBlobs(), adapters: [.whatsApp: WhatsAppAdapter()], bus: bus,
            renderer: try renderer.get(), settings: ServerSettings(publicURL: "https://desk.example", maximumWebhookBytes: 65_536),
            signing: MemoryHeadKeys(), providers: providers, mailboxes: mailboxes, metrics: metrics)
        let sur = try await place("Ferretería Sur", "700100200300400", appSecret, context, passwords)
        let norte = try await place("Taller Norte", "700100200300500", otherAppSecret, context, passwords)
        let assistant = try await member("ana@sur.example", of: sur, signs: true, context, passwords)
        let newcomer = try await member("nuevo@sur.example", of: sur, signs: false, context, passwords)
        return Scene(
            time: time, storage: storage, channels: channels, providers: providers, mailboxes: mailboxes, bus: bus, context: context,
            parts: parts,
            passwords: passwords, sur: sur,
            norte: norte, assistant: assistant, assistantToken: try await token(assistant, context, passwords), newcomer: newcomer,
            newcomerToken: try await token(newcomer, context, passwords))
    }

    /// The whole server, in process.
    var application: some ApplicationProtocol {
        DeskServer.application(parts, host: "127.0.0.1", port: 0, services: [], logger: context.logger) { _ in }
    }

    func test(_ body: @escaping @Sendable (Visitor) async throws -> Void) async throws {
        try await application.test(.router) { client in
            try await body(Visitor(client: client, token: assistantToken, scene: self))
        }
    }

    func token(of user: User, limitedTo workspace: Workspace.ID?) async throws -> String {
        try await SignIn(context, passwords: passwords).createToken(email: user.email, workspace: workspace, validity: .hours(1))
            .text.exposed()
    }

    private static func token(_ user: User, _ context: DeskContext, _ passwords: TransparentPasswords) async throws -> String {
        try await SignIn(context, passwords: passwords).createToken(email: user.email, workspace: nil, validity: .hours(24))
            .text.exposed()
    }

    private static func place(
        _ name: String, _ account: String, _ appSecret: String, _ context: DeskContext, _ passwords: TransparentPasswords
    ) async throws -> Place {
        let (workspace, owner) = try await SetUpWorkspace(context, passwords: passwords).setUp(
            SetUpWorkspace.Request(
                name: name, ownerEmail: "owner-\(account)@example.org", ownerName: "Jefa", password: Secret(password), locale: "es",
                timeZone: "Europe/Madrid", agreement: "What is read here stays here."))
        let inbox = try await ConnectInbox(context).connect(
            ConnectInbox.Request(
                workspace: workspace.id, channel: .whatsApp, name: "WhatsApp", account: account,
                settings: ["phone_number_id": account, "waba_id": "1"],
                secrets: [
                    "app_secret": Secret(appSecret), "verify_token": Secret(verifyToken), "access_token": Secret("not-a-real-token"),
                ]))
        return Place(
            workspace: workspace, owner: owner, ownerToken: try await token(owner, context, passwords), inbox: inbox,
            appSecret: appSecret)
    }

    private static func member(
        _ email: String, of place: Place, signs: Bool, _ context: DeskContext, _ passwords: TransparentPasswords
    ) async throws -> User {
        let invite = InviteMember(context, passwords: passwords)
        let invitation = try await invite.invite(email: email, to: place.workspace.id, as: .assistant)
        let user = try await invite.accept(invitation.text.exposed(), name: "Ana", password: Secret(password))
        guard signs else { return user }
        try await SignAgreement(context, passwords: passwords).sign(
            1, of: place.workspace.id, by: user, typedName: "Ana", password: Secret(password))
        return user
    }
}
