import DeskCore
import Testing

/// What contacts and the principal do to messages that exist already.
@Suite struct ChangeReadingTests {
    @Test(arguments: [("reaction", "👍"), ("reaction-removed-empty", nil), ("reaction-removed-missing", nil)] as [(String, String?)])
    func readsReactions(name: String, emoji: String?) throws {
        let event = try #require(try Payload.events(name).first)
        guard case .reaction(let reaction) = event.payload else { throw Payload.Missing(name: name) }
        #expect(reaction.targetProviderID == "wamid.OURS=")
        #expect(reaction.emoji == emoji)
        #expect(reaction.correspondent == .luisa)
        #expect(!reaction.isEcho)
        #expect(event.key == reaction.providerID.map { "reaction:\($0)" })
    }

    @Test func readsEdits() throws {
        let event = try #require(try Payload.events("edit").first)
        guard case .edit(let revision) = event.payload else { throw Payload.Missing(name: "edit") }
        #expect(revision.originalProviderID == "wamid.FIRST=")
        #expect(
            revision.content
                == MessageContent(kind: .text, text: "A las nueve, no a las ocho", quotedProviderID: "wamid.QUOTED="))
        #expect(event.key == revision.providerID.map { "edit:\($0)" })
    }

    @Test func readsEditedCaptions() throws {
        let event = try #require(try Payload.events("edit-caption").first)
        guard case .edit(let revision) = event.payload else { throw Payload.Missing(name: "edit-caption") }
        #expect(revision.content?.text == "La buena")
        #expect(revision.content?.attachments.first?.providerMediaID == "1500000007")
    }

    @Test func readsWhatIsTakenBack() throws {
        let event = try #require(try Payload.events("revoke").first)
        guard case .deletion(let revision) = event.payload else { throw Payload.Missing(name: "revoke") }
        #expect(revision.originalProviderID == "wamid.FIRST=")
        #expect(revision.content == nil)
        #expect(event.key == revision.providerID.map { "revoke:\($0)" })
    }

    @Test func aChangeOfNothingIsMalformed() throws {
        #expect(try Payload.events("revoke-of-nothing").map(\.isMalformed) == [true])
    }

    @Test func readsEchoesOfThePrincipal() throws {
        let events = try Payload.events("echoes")
        #expect(events.count == 4)
        #expect(events[0].echo?.content == MessageContent(kind: .text, text: "Ya está reservado"))
        #expect(events[0].echo?.correspondent == .luisaUnnamed)
        guard case .edit(let edit) = events[1].payload, case .deletion(let deletion) = events[2].payload,
            case .reaction(let reaction) = events[3].payload
        else { throw Payload.Missing(name: "echoes") }
        #expect(edit.isEcho && deletion.isEcho && reaction.isEcho)
        #expect(edit.originalProviderID == "wamid.E1=")
        #expect(deletion.originalProviderID == "wamid.E2=")
        #expect(events.allSatisfy { $0.topic == "smb_message_echoes" })
    }

    @Test func readsANewNumber() throws {
        let event = try #require(try Payload.events("number-changed").first)
        let notice = try #require(event.notice)
        #expect(notice.type == "user_changed_number")
        #expect(notice.correspondent.identities == [ProviderIdentity(.phone, "34600111222")])
        #expect(notice.newIdentities == [ProviderIdentity(.phone, "34600999888"), ProviderIdentity(.businessScoped, "ES.88")])
        #expect(event.key == "system:wamid.SYSTEM1=")
    }

    @Test func readsANewUserID() throws {
        let notice = try #require(try Payload.events("user-id-changed").first?.notice)
        #expect(notice.correspondent.identities == [ProviderIdentity(.businessScoped, "ES.7301928374650")])
        #expect(notice.newIdentities == [ProviderIdentity(.businessScoped, "ES.88")])
    }

    @Test func anOpenedChatIsANoticeAndOwesNothing() throws {
        #expect(try Payload.events("chat-opened").first?.notice?.type == "request_welcome")
    }
}

/// What Meta tells about our own messages, our history and our account.
@Suite struct StatusReadingTests {
    @Test func readsEveryStage() throws {
        let events = try Payload.events("statuses")
        #expect(events.compactMap(\.status?.stage) == [.sent, .delivered, .read, .played])
        #expect(events.map(\.key) == ["sent", "delivered", "read", "played"].map { "status:wamid.OURS=:\($0)" })
        let first = try #require(events.first?.status)
        #expect(first.callbackData == "attempt-1")
        #expect(first.recipient == .luisaUnnamed)
        #expect(first.failure == nil)
    }

    @Test func readsWhyAMessageFailed() throws {
        let update = try #require(try Payload.events("status-failed").first?.status)
        #expect(update.stage == .failed)
        #expect(update.failure == DeliveryFailure(.window, code: "131047", text: "More than 24 hours have passed."))
        #expect(update.providerErrorCodes == [131_047])
    }

    @Test func tellsParticipantsOfAGroupApart() throws {
        let event = try #require(try Payload.events("status-in-group").first)
        #expect(event.key == "status:wamid.OURS=:delivered:ES.555")
        #expect(event.status?.group == "R3J1cG8x")
        #expect(event.status?.recipient?.identity(.phone) == "34600555666")
    }

    @Test func anUnknownStageIsIgnoredWithAReason() throws {
        #expect(try Payload.events("status-of-tomorrow").map(\.payload) == [.ignored(reason: "status teleported")])
    }

    @Test func readsWhatIsWrongWithTheAccount() throws {
        #expect(try Payload.events("account-error").map(\.payload) == [.accountProblem(codes: [130_429], text: "Too many")])
        #expect(
            try Payload.events("history-declined").map(\.payload)
                == [.accountProblem(codes: [2_593_109], text: "History sharing is turned off by the business")])
    }

    @Test func readsHistoryFromBothSides() throws {
        let messages = try Payload.events("history").compactMap(\.history)
        #expect(messages.map(\.isFromPrincipal) == [false, true])
        #expect(
            messages.map(\.correspondent)
                == Array(repeating: Correspondent(identities: [ProviderIdentity(.phone, "34600111222")]), count: 2))
        #expect(messages.allSatisfy { !$0.isLateMedia })
        #expect(messages[0].content == MessageContent(kind: .text, text: "Buenas"))
        #expect(messages[1].content.providerKind == "media_placeholder")
    }

    @Test func filesOfTheHistoryComeLater() throws {
        let event = try #require(try Payload.events("history-media").first)
        #expect(event.history?.isLateMedia == true)
        #expect(event.history?.isFromPrincipal == true)
        #expect(event.history?.content.attachments.first?.providerMediaID == "1500000008")
        #expect(event.key == "media:wamid.H2=")
    }

    @Test func otherFieldsAreIgnoredByName() throws {
        let event = try #require(try Payload.events("other-field").first)
        #expect(event.payload == .ignored(reason: "account_update"))
        #expect(event.topic == "account_update")
    }
}
