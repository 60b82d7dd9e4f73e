import DeskCore
import Testing

/// The Policy's answer for one conversation: what may not be read does not exist.
struct MatterPolicyTests {
    @Test(arguments: Policy.Action.allCases)
    func whatMayBeReadIsDoneAsFarAsTheActionIsGranted(action: Policy.Action) {
        let granted: Set<Policy.Action> = [.read, .reply]
        let membership = Self.member(Grant(actions: granted))
        #expect(refusal(of: action, on: .sample(), membership) == (granted.contains(action) ? nil : .outOfGrant))
    }

    @Test(arguments: [
        Grant(actions: [.read, .reply], inboxes: [Inbox.ID("other")]), Grant(actions: [.read, .reply], topics: [.sales]),
        Grant(actions: [.read, .reply], contactClasses: [.important]), Grant(actions: [.read, .reply], isLimitedToOwn: true),
        Grant(actions: [.reply]),
    ])
    func whatMayNotBeReadDoesNotExist(grant: Grant) {
        #expect(refusal(of: .reply, on: .sample(), Self.member(grant)) == .notFound)
    }

    /// Otherwise “you may not do this” would say that it is there.
    @Test func whatMayNotBeReadDoesNotExistEitherForWhatIsNotGranted() {
        #expect(refusal(of: .approve, on: .sample(), Self.member(Grant(actions: [.read], inboxes: [Inbox.ID("other")]))) == .notFound)
        #expect(refusal(of: .read, on: .sample(), Self.member(Grant(actions: [.administer]))) == .notFound)
    }

    @Test func anotherWorkspacesConversationDoesNotExist() {
        let foreign = Matter.sample(in: Workspace.ID("elsewhere"))
        #expect(refusal(of: .read, on: foreign, Self.member(Grant(actions: [.read]))) == .notFound)
        let principal = Membership(workspace: Sample.workspace, user: Sample.member, role: .principal)
        #expect(refusal(of: .read, on: foreign, principal) == .notFound)
    }

    @Test func aStrangerAFormerMemberAndWhoseTimeIsOverFindNothing() {
        var revoked = Self.member(Grant(actions: [.read]))
        revoked.revokedAt = Sample.noon
        let ended = Self.member(Grant(actions: [.read], endsAt: Sample.noon))
        for membership in [nil, revoked, ended] { #expect(refusal(of: .read, on: .sample(), membership) == .notFound) }
    }

    @Test func whoHasNotSignedIsAskedToSign() {
        var unsigned = Self.member(Grant(actions: [.read]))
        unsigned.signedAgreement = nil
        #expect(refusal(of: .read, on: .sample(), unsigned) == .agreementRequired)
    }

    @Test func thePrincipalMayDoEverythingWithEverything() {
        let principal = Membership(workspace: Sample.workspace, user: Sample.member, role: .principal)
        for action in Policy.Action.allCases {
            #expect(refusal(of: action, on: .sample(contactClass: .principalOnly, assignee: "other"), principal) == nil)
        }
    }

    private static func member(_ grant: Grant) -> Membership {
        Membership(workspace: Sample.workspace, user: Sample.member, role: .assistant, customGrant: grant, signedAgreement: 1)
    }

    private func refusal(of action: Policy.Action, on matter: Matter, _ membership: Membership?) -> DeskError.Code? {
        do {
            try Policy.require(action, on: matter, of: membership, agreement: 1, at: Sample.noon)
            return nil
        } catch {
            return error.code
        }
    }
}
