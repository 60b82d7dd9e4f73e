import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// A held reply asks once more before it leaves: what its author may no longer see, they no longer answer (promise P5).
struct GrantedDispatchTests {
    /// What the principal does between the writing of a reply and its leaving.
    enum Change: CaseIterable, Sendable {
        case revocation, anotherRole, anotherTopic, anotherInbox, onlyOwn, withoutReply, ended, contactOfThePrincipalOnly
    }

    @Test(arguments: Change.allCases)
    func whatTheGrantCoversNoLongerStaysHereAndOwed(change: Change) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        try await desk.make(change)

        await desk.deliver()

        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.failure(of: reply)?.code == "author_revoked")
        #expect(try await desk.isOwed())
    }

    @Test func whatItStillCoversGoes() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        #expect(await desk.sets(Grant(actions: [.read, .reply], inboxes: [desk.inbox.id], contactClasses: [.ordinary])) == nil)
        await desk.deliver()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func thePrincipalsOwnGoesToTheirOwnContacts() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply(by: desk.principal)
        #expect(await desk.classifies(.principalOnly, by: desk.principal) == nil)
        await desk.deliver()
        #expect(desk.channels.sent.count == 1)
    }
}

extension Desk {
    fileprivate func make(_ change: GrantedDispatchTests.Change) async throws {
        let done: DeskError.Code? =
            switch change {
            case .revocation: await code { _ = try await govern.revoke(assistant.id, in: workspace.id, by: principal.id) }
            case .anotherRole:
                await code { _ = try await govern.set(.administrator, nil, of: assistant.id, in: workspace.id, by: principal.id) }
            case .anotherTopic: await sets(Grant(actions: [.read, .reply], topics: [.sales]))
            case .anotherInbox: await sets(Grant(actions: [.read, .reply], inboxes: []))
            case .onlyOwn: await sets(Grant(actions: [.read, .reply], isLimitedToOwn: true))
            case .withoutReply: await sets(Grant(actions: [.read]))
            case .ended: await sets(Grant(actions: [.read, .reply], endsAt: now + .seconds(1)))
            case .contactOfThePrincipalOnly: await classifies(.principalOnly, by: principal)
            }
        #expect(done == nil)
    }
}
