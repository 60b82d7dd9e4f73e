import DeskCore
import Testing

/// The one answer to “may this person see or do this?” (promise P5).
struct PolicyTests {
    /// What a person is to the workspace, beside their role.
    enum Standing: CaseIterable {
        case signed, signedAnOlderVersion, unsigned, revoked, ended
    }

    @Test(arguments: Role.allCases, Policy.Action.allCases)
    func asksEverybodyForTheAgreementAndLetsThemDoWhatTheirRoleHas(role: Role, action: Policy.Action) {
        for standing in Standing.allCases {
            #expect(refusal(of: action, role, standing) == expected(action, role, standing), "\(standing)")
        }
    }

    @Test(arguments: Policy.Action.allCases)
    func aStrangerIsNotToldThatAnythingExists(action: Policy.Action) {
        let thrown = #expect(throws: DeskError.self) { try Policy.require(action, of: nil, agreement: 1, at: Sample.noon) }
        #expect(thrown?.code == .notFound)
    }

    /// Written out once more, so that a change of what roles have by themselves is a change here.
    private static let granted: [Role: Set<Policy.Action>] = [
        .principal: [.read, .reply, .handOver, .approve, .reveal, .export, .administer, .govern],
        .supervisor: [.read, .reply, .handOver, .approve, .reveal], .administrator: [.administer],
    ]

    private func expected(_ action: Policy.Action, _ role: Role, _ standing: Standing) -> DeskError.Code? {
        switch (standing, role) {
        case (.ended, .principal): nil
        case (.revoked, _), (.ended, _): .notFound
        case (_, .principal): nil
        case (.unsigned, _), (.signedAnOlderVersion, _): .agreementRequired
        case (.signed, _): (Self.granted[role] ?? [.read, .reply, .handOver]).contains(action) ? nil : .outOfGrant
        }
    }

    private func refusal(of action: Policy.Action, _ role: Role, _ standing: Standing) -> DeskError.Code? {
        do {
            try Policy.require(action, of: membership(role, standing), agreement: 2, at: Sample.noon)
            return nil
        } catch {
            return error.code
        }
    }

    private func membership(_ role: Role, _ standing: Standing) -> Membership {
        switch standing {
        case .signed: return .sample(role, signed: 2)
        case .signedAnOlderVersion: return .sample(role, signed: 1)
        case .unsigned: return .sample(role)
        case .revoked: return .sample(role, signed: 2, revokedAt: Sample.noon)
        case .ended:
            var membership = Membership.sample(role, signed: 2)
            membership.customGrant = Grant.standard(for: role)
            membership.customGrant?.endsAt = Sample.noon
            return membership
        }
    }
}

/// What a viewer may see: handed to every reading repository.
struct ScopeTests {
    private let agreements = [Workspace.ID("a"): 1, Workspace.ID("b"): 2, Workspace.ID("c"): 1, Workspace.ID("d"): 1]

    @Test func coversTheWorkspacesWhoseAgreementIsSigned() {
        let scope = scope([
            .sample(.assistant, in: "a", signed: 1), .sample(.assistant, in: "b", signed: 1), .sample(.assistant, in: "c"),
            .sample(.assistant, in: "d", signed: 1, revokedAt: Sample.noon),
        ])
        #expect(scope.workspaces == [Workspace.ID("a")])
        #expect(scope.sights.mapValues(\.role) == [Workspace.ID("a"): .assistant])
    }

    @Test func coversThePrincipalsOwnWithoutASignature() {
        #expect(scope([.sample(.principal, in: "b")]).workspaces == [Workspace.ID("b")])
    }

    @Test func coversNothingOfAnotherUsersMemberships() {
        let scope = Policy.scope(of: User.ID("other"), memberships: [.sample(.principal, in: "a")], agreements: agreements, at: Sample.noon)
        #expect(scope.workspaces.isEmpty)
    }

    @Test func coversNoWorkspaceWithoutAnAgreement() {
        #expect(scope([.sample(.assistant, in: "z", signed: 1), .sample(.principal, in: "z")]).workspaces.isEmpty)
    }

    @Test func whatItDoesNotCoverDoesNotExist() throws {
        let scope = scope([.sample(.assistant, in: "a", signed: 1)])
        try scope.require(Workspace.ID("a"))
        let thrown = #expect(throws: DeskError.self) { try scope.require(Workspace.ID("b")) }
        #expect(thrown?.code == .notFound)
    }

    @Test func listsItsWorkspacesInAFixedOrder() {
        let scope = scope(["d", "a", "c"].map { .sample(.assistant, in: $0, signed: 1) })
        #expect(scope.workspaces.map(\.text) == ["a", "c", "d"])
    }

    private func scope(_ memberships: [Membership]) -> Scope {
        Policy.scope(of: Sample.member, memberships: memberships, agreements: agreements, at: Sample.noon)
    }
}

extension Membership {
    fileprivate static func sample(
        _ role: Role, in workspace: String = Sample.workspace.text, signed agreement: Int? = nil, revokedAt: Instant? = nil
    ) -> Membership {
        Membership(
            workspace: Workspace.ID(workspace), user: Sample.member, role: role, signedAgreement: agreement, revokedAt: revokedAt)
    }
}
