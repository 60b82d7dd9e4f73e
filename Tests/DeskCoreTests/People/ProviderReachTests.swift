import DeskCore
import Testing

@Suite struct ProviderReachTests {
    private static let now = Instant(unixSeconds: 1_795_176_000)
    private static let (here, there) = (Workspace.ID("here"), Workspace.ID("there"))

    private static func membership(_ workspace: Workspace.ID, isOver: Bool = false) -> Membership {
        Membership(workspace: workspace, user: User.ID("bea"), role: .assistant, revokedAt: isOver ? now : nil)
    }

    struct Case: Sendable {
        let memberships: [Membership]
        let hasApp: Bool
        let entrance: ProviderReach.Entrance
    }

    @Test(arguments: [
        Case(memberships: [], hasApp: true, entrance: .nothing),
        Case(memberships: [membership(there)], hasApp: true, entrance: .nothing),
        Case(memberships: [membership(here, isOver: true)], hasApp: true, entrance: .nothing),
        Case(memberships: [membership(here)], hasApp: false, entrance: .opens),
        Case(memberships: [membership(here)], hasApp: true, entrance: .opensAfterCode),
        Case(memberships: [membership(here), membership(there, isOver: true)], hasApp: false, entrance: .opens),
        Case(memberships: [membership(here), membership(there)], hasApp: false, entrance: .needsPassword),
        Case(memberships: [membership(here), membership(there)], hasApp: true, entrance: .opensAfterCode),
    ])
    func theWordOfAProviderOpensItsOwnWorkspaceOnly(_ example: Case) {
        let reach = ProviderReach(of: Self.here, over: example.memberships, at: Self.now)
        #expect(reach.entrance(hasApp: example.hasApp) == example.entrance)
    }

    @Test func aSessionIsKeptByMembershipAndElsewhereByACode() {
        let here = ProviderReach(of: Self.here, over: [Self.membership(Self.here)], at: Self.now)
        let both = ProviderReach(of: Self.here, over: [Self.membership(Self.here), Self.membership(Self.there)], at: Self.now)
        let gone = ProviderReach(of: Self.here, over: [Self.membership(Self.there)], at: Self.now)
        #expect(here.keeps(confirmedByCode: false) && both.keeps(confirmedByCode: true))
        #expect(!both.keeps(confirmedByCode: false) && !gone.keeps(confirmedByCode: true))
    }

    @Test func nonceAndVerifierFollowFromTheBrowsersTokenAndAreNoneOfIt() {
        let one = SignInChallenge(state: "s1", browser: Secret("b1"))
        #expect(one == SignInChallenge(state: "s1", browser: Secret("b1")))
        for other in [SignInChallenge(state: "s2", browser: Secret("b1")), SignInChallenge(state: "s1", browser: Secret("b2"))] {
            #expect(other.nonce != one.nonce && other.verifier != one.verifier)
        }
        #expect(one.nonce != one.verifier.exposed())
        #expect((43...128).contains(one.verifier.exposed().utf8.count), "RFC 7636 section 4.1")
    }
}
