import DeskCore
import DeskServices
import Logging
import SQLStore
import SQLiteDriver
import Synchronization

/// What everybody in a simulation shares.
struct WorldParts: Sendable {
    let time: SimulatedTime
    let story: Story
    let dice: Dice
    let weather: Weather
    let judge: Judge
}

/// Everything around the program that is simulated, and the store that outlives it.
struct World: Sendable {
    let parts: WorldParts
    let executor: SimulationExecutor
    let database: InlineSQLiteDatabase
    let vault: Vault
    let storage: SQLStorage
    let provider: SimulatedProvider
    let webhooks: WebhookQueue
    let relay: CommitRelay
    let identifiers: Dice
    let chance: Dice
    let sabotage: Sabotage?
    let cast: Cast
    /// Deliveries under way at once, from which on they are stored first and understood afterwards.
    let crowd: Int

    var time: SimulatedTime { parts.time }
    var story: Story { parts.story }
    var dice: Dice { parts.dice }
    var weather: Weather { parts.weather }
    var judge: Judge { parts.judge }

    /// What the dead write is not read.
    func logger(of life: Life) -> Logger {
        let story = story
        return Logger(label: "contesta") { _ in StoryLog(story, of: life) }
    }
}

/// Who plays.
struct Cast: Sendable {
    let workspace: Workspace
    let inbox: Inbox
    let principal: User
    let members: [User]
    let contacts: [SimulatedContact]

    init(_ dice: Dice, at now: Instant) {
        workspace = Workspace(
            id: dice.next(at: now), name: "Ferretería Sur", locale: "es", timeZone: "America/Argentina/Buenos_Aires",
            answerTarget: .minutes(60), createdAt: now)
        inbox = Inbox(
            id: dice.next(at: now), workspace: workspace.id, channel: .whatsApp, name: "WhatsApp", account: "100200300", isSimulated: true)
        func user(_ name: String) -> User {
            User(id: dice.next(at: now), email: "\(name.lowercased())@example.org", name: name, locale: "es", timeZone: "Europe/Madrid")
        }
        principal = user("Jefa")
        members = ["Ana", "Bruno"].map(user)
        contacts = ["Marta", "Nico", "Olga", "Pepe"].prefix(dice.number(1...4)).enumerated().map { number, name in
            SimulatedContact(number: number, name: name)
        }
    }

    /// The people and the inbox, as they are there before anything happens.
    func settle(in storage: some Storage, at now: Instant) async throws {
        try await storage.write { session in
            try session.workspaces.insert(workspace)
            let text = "What is read here stays here."
            try session.workspaces.insert(
                Agreement(workspace: workspace.id, version: 1, text: text, digest: Digest.of(text)), at: now)
            for user in [principal] + members { try session.people.insert(user, at: now) }
            try session.people.insert(Membership(workspace: workspace.id, user: principal.id, role: .principal), at: now)
            for member in members { try session.people.insert(membership(of: member), at: now) }
            try session.inboxes.insert(inbox, settings: [:], secrets: [:], at: now)
            try session.ledger.append(LedgerFact(.workspaceCreated, workspace.id.text), in: workspace.id, at: now)
        }
    }

    func membership(of member: User, revokedAt: Instant? = nil) -> Membership {
        Membership(workspace: workspace.id, user: member.id, role: .assistant, signedAgreement: 1, revokedAt: revokedAt)
    }
}

/// A person who writes, with the two names that the provider has for them.
struct SimulatedContact: Sendable {
    let number: Int
    let name: String

    var scoped: ProviderIdentity { ProviderIdentity(.businessScoped, "AR.\(name.lowercased())") }

    /// - Parameter moves: how often the number was changed before.
    func phone(after moves: Int) -> ProviderIdentity { ProviderIdentity(.phone, "34\(600 + moves)000\(100 + number)") }

    /// Whether it is or was theirs.
    func owns(_ identity: ProviderIdentity) -> Bool {
        identity == scoped || (identity.scheme == .phone && identity.value.hasSuffix("000\(100 + number)"))
    }

    /// The provider always gives the one, and not always the other.
    func correspondent(_ dice: Dice, after moves: Int) -> Correspondent {
        Correspondent(identities: dice.happens(oneIn: 3) ? [scoped, phone(after: moves)] : [phone(after: moves)], name: name)
    }
}
