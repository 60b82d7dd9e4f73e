import DeskCore
import Foundation
import Testing

/// What of a workspace a member may see and do, as the principal said (promise P5).
struct GrantTests {
    private static let reading = Grant(actions: [.read])

    @Test(
        arguments: [
            (nil, "inbox", true), (["inbox"], "inbox", true), (["other", "inbox"], "inbox", true), (["other"], "inbox", false),
            ([], "inbox", false),
        ] as [([String]?, String, Bool)])
    func coversTheInboxesThatItNames(inboxes: [String]?, inbox: String, isCovered: Bool) {
        var grant = Self.reading
        grant.inboxes = inboxes.map { Set($0.map { Inbox.ID($0) }) }
        #expect(grant.covers(.sample(inbox: inbox), for: Sample.member) == isCovered)
    }

    @Test(
        arguments: [
            (nil, nil, true), (nil, .sales, true), ([.sales], .sales, true), ([.sales, .job], .job, true), ([.sales], .support, false),
            ([.sales], nil, false), (Set(Topic.allCases), nil, false), ([], .sales, false), ([], nil, false),
        ] as [(Set<Topic>?, Topic?, Bool)])
    func coversTheTopicsThatItNamesAndWhatNobodyClassifiedOnlyWithoutALimit(topics: Set<Topic>?, topic: Topic?, isCovered: Bool) {
        var grant = Self.reading
        grant.topics = topics
        #expect(grant.covers(.sample(topic: topic), for: Sample.member) == isCovered)
    }

    @Test(arguments: ContactClass.allCases)
    func coversTheClassesOfContactThatItNames(contactClass: ContactClass) {
        for classes in [Set<ContactClass>(), [.ordinary], [.important], [.ordinary, .important], Set(ContactClass.allCases)] {
            var grant = Self.reading
            grant.contactClasses = classes
            #expect(grant.covers(.sample(contactClass: contactClass), for: Sample.member) == classes.contains(contactClass))
        }
    }

    @Test(
        arguments: [
            (true, "member", true), (true, "other", false), (true, nil, false), (false, "member", true), (false, "other", true),
            (false, nil, true),
        ] as [(Bool, String?, Bool)])
    func coversOnlyOnesOwnWhereItSaysSo(isLimitedToOwn: Bool, assignee: String?, isCovered: Bool) {
        var grant = Self.reading
        grant.isLimitedToOwn = isLimitedToOwn
        #expect(grant.covers(.sample(assignee: assignee), for: Sample.member) == isCovered)
    }

    @Test func whatIsOnesOwnIsStillLimitedByEverythingElse() {
        let grant = Grant(actions: [.read], inboxes: [Inbox.ID("other")], topics: [.sales], isLimitedToOwn: true)
        #expect(!grant.covers(.sample(topic: .sales, assignee: "member"), for: Sample.member))
        #expect(!grant.covers(.sample(inbox: "other", topic: .job, assignee: "member"), for: Sample.member))
        #expect(grant.covers(.sample(inbox: "other", topic: .sales, assignee: "member"), for: Sample.member))
    }

    @Test(arguments: [Set<Policy.Action>(), [.reply], Set(Policy.Action.allCases).subtracting([.read])])
    func coversNothingWithoutReading(actions: Set<Policy.Action>) {
        #expect(!Grant(actions: actions, contactClasses: Set(ContactClass.allCases)).covers(.sample(), for: Sample.member))
    }

    @Test func endsAtItsMoment() {
        let grant = Grant(actions: [.read], endsAt: Sample.noon)
        #expect(grant.isInForce(at: Sample.noon - .microseconds(1)))
        #expect(!grant.isInForce(at: Sample.noon))
        #expect(Self.reading.isInForce(at: .noon(plus: .hours(1_000_000))))
    }

    @Test(arguments: [
        (Grant(actions: [.read], contactClasses: Set(ContactClass.allCases)), false), (reading, true),
        (Grant(actions: [.read], inboxes: [], contactClasses: Set(ContactClass.allCases)), true),
        (Grant(actions: [.read], topics: Set(Topic.allCases), contactClasses: Set(ContactClass.allCases)), true),
        (Grant(actions: [.read], contactClasses: Set(ContactClass.allCases), isLimitedToOwn: true), true),
        (Grant(actions: [.read], contactClasses: Set(ContactClass.allCases), endsAt: Sample.noon), false),
    ])
    func isPartialWhenItHidesAnyConversation(grant: Grant, isPartial: Bool) {
        #expect(grant.isPartial == isPartial)
    }
}

/// What roles have by themselves, and what nobody can take or give.
struct MemberGrantTests {
    @Test(arguments: Role.allCases)
    func onlyThePrincipalSeesWhatIsThePrincipalsOnly(role: Role) {
        let isCovered = Grant.standard(for: role).covers(.sample(contactClass: .principalOnly), for: Sample.member)
        #expect(isCovered == (role == .principal))
    }

    @Test(arguments: ContactClass.allCases)
    func anAdministratorReadsNothing(contactClass: ContactClass) {
        #expect(!Grant.standard(for: .administrator).covers(.sample(contactClass: contactClass), for: Sample.member))
    }

    @Test func thePrincipalsCanNotBeNarrowedNorEnded() {
        let membership = Membership(
            workspace: Sample.workspace, user: Sample.member, role: .principal,
            customGrant: Grant(actions: [], inboxes: [], topics: [], contactClasses: [], isLimitedToOwn: true, endsAt: Sample.noon))
        #expect(membership.grant == .standard(for: .principal))
        #expect(membership.isInForce(at: .noon(plus: .hours(1))))
    }

    @Test(arguments: Role.allCases.filter { $0 != .principal })
    func nobodyElseHoldsWhatOnlyThePrincipalDecides(role: Role) {
        let custom = Grant(actions: Set(Policy.Action.allCases))
        let membership = Membership(workspace: Sample.workspace, user: Sample.member, role: role, customGrant: custom)
        #expect(membership.grant.actions == custom.actions.subtracting([.govern]))
        #expect(!Grant.standard(for: role).actions.contains(.govern))
    }

    @Test func whatThePrincipalSaidStandsInsteadOfTheRole() {
        let custom = Grant(actions: [.read], topics: [.job], endsAt: .noon(plus: .hours(1)))
        let membership = Membership(workspace: Sample.workspace, user: Sample.member, role: .supervisor, customGrant: custom)
        #expect(membership.grant == custom)
        #expect(membership.isInForce(at: Sample.noon))
        #expect(!membership.isInForce(at: .noon(plus: .hours(1))))
    }
}

/// The grant as the store, programs and the ledger have it.
struct WrittenGrantTests {
    @Test(
        arguments: Role.allCases.map(Grant.standard) + [
            Grant(
                actions: Set(Policy.Action.allCases), inboxes: [Inbox.ID("a"), Inbox.ID("b")], topics: Set(Topic.allCases),
                contactClasses: Set(ContactClass.allCases), isLimitedToOwn: true, endsAt: Sample.noon),
            Grant(actions: [], inboxes: [], topics: [], contactClasses: [], endsAt: Instant(microseconds: 1)),
        ])
    func isReadBackAsItWasWritten(grant: Grant) throws {
        #expect(try JSONDecoder().decode(Grant.self, from: JSONEncoder().encode(grant)) == grant)
    }

    /// Programs rely on these words.
    @Test func isWrittenInWordsThatDoNotChange() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let grant = Grant(actions: [.read, .handOver], inboxes: [Inbox.ID("b"), Inbox.ID("a")], endsAt: Instant(microseconds: 7))
        #expect(
            String(decoding: try encoder.encode(grant), as: UTF8.self) == """
                {"actions":["hand_over","read"],"contact_classes":["important","ordinary"],"ends_at":7,"inboxes":["a","b"],"own_only":false,\
                "topics":null}
                """)
    }

    @Test(arguments: [
        #"{"actions": ["fly"], "contact_classes": [], "own_only": false}"#, #"{"actions": ["read"], "contact_classes": []}"#,
        #"{"actions": ["read"], "contact_classes": ["all"], "own_only": false}"#, #"{"contact_classes": [], "own_only": false}"#,
        #"{"actions": ["read"], "contact_classes": [], "own_only": false, "topics": ["weather"]}"#,
        #"{"actions": ["read"], "contact_classes": [], "own_only": false, "inboxes": "all"}"#,
    ])
    func isNotGuessedFromWhatSaysItOtherwise(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Grant.self, from: Data(text.utf8)) }
    }

    @Test func isSummedUpInIdsAndWordsOnly() {
        let grant = Grant(
            actions: [.reply, .read], inboxes: [Inbox.ID("b"), Inbox.ID("a")], topics: [.sales, .job], contactClasses: [.ordinary],
            isLimitedToOwn: true,
            endsAt: Instant(microseconds: 9))
        #expect(grant.summary == "actions read,reply; inboxes a,b; topics job,sales; classes ordinary; own; until 9")
        #expect(Grant(actions: [], contactClasses: []).summary == "actions ; classes ")
    }
}

extension Matter {
    static func sample(
        in workspace: Workspace.ID = Sample.workspace, inbox: String = "inbox", topic: Topic? = nil,
        contactClass: ContactClass = .ordinary, assignee: String? = nil
    ) -> Matter {
        Matter(
            workspace: workspace, inbox: Inbox.ID(inbox), topic: topic, contactClass: contactClass, assignee: assignee.map { User.ID($0) })
    }
}
