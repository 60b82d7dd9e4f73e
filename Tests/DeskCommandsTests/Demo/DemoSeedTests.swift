import DeskCore
import DeskServices
import Testing

@testable import DeskCommands

struct DemoSeedTests {
    @Test func everyKindOfMessageIsThere() async throws {
        try await PlantedDesk.use { planted in
            let messages = try await planted.messages()
            let missing = Set(MessageKind.allCases).subtracting(messages.map(\.content.kind))
            #expect(missing == [.email, .reaction], "a reaction hangs on a message, and the demonstration has no mailbox")
            #expect(Set(messages.flatMap(\.reactions).map(\.author)) == [.contact, .us])
            #expect(messages.contains { $0.editedAt != nil })
            #expect(messages.contains { $0.deletedAt != nil })
            #expect(messages.contains { $0.content.isForwarded })
            #expect(messages.contains { $0.content.referral != nil })
            #expect(messages.contains { $0.content.quotedProviderID != nil && $0.direction == .inbound })
            #expect(messages.contains { $0.content.quotedProviderID != nil && $0.direction == .outbound })
            #expect(messages.contains { $0.direction == .echo })
            #expect(messages.contains { $0.direction == .note && $0.author != nil })
        }
    }

    @Test func repliesEndedInEveryWayInWhichTheyCan() async throws {
        try await PlantedDesk.use { planted in
            let states = Set(try await planted.messages().compactMap { $0.delivery?.name })
            #expect(states == ["delivered", "read", "failed", "unknown"])
        }
    }

    @Test func everyFileCanBeOpened() async throws {
        try await PlantedDesk.use { planted in
            let attachments = try await planted.messages().flatMap(\.content.attachments)
            #expect(attachments.count > 15)
            for attachment in attachments {
                let blob = try #require(attachment.blob, "\(attachment.kind) \(attachment.fileName ?? "") was not fetched")
                let bytes = try await planted.desk.blobs.read(blob)
                #expect(!bytes.isEmpty)
            }
        }
    }

    @Test func thoseWaitWhoShouldAndNobodyElse() async throws {
        try await PlantedDesk.use { planted in
            let waiting = Set(try await planted.conversations(.owed).map(\.contact.displayName))
            let expected = Set((Stories.waiting + Stories.overdue).map(\.neighbour.name))
                .subtracting(["Vicente Roig"]).union(["Mateus Rocha", "Rafael Lima", "Oliver Grant", "Grace Adeyemi"])
            #expect(waiting == expected)
        }
    }

    @Test func clocksShowEveryLevel() async throws {
        try await PlantedDesk.use { planted in
            let waits = try await planted.conversations(.owed).compactMap(\.obligation?.owedSince).map { planted.now - $0 }
            #expect(waits.contains { $0 < .minutes(30) }, "calm")
            #expect(waits.contains { $0 > .minutes(30) && $0 < .minutes(50) }, "warm")
            #expect(waits.contains { $0 > .minutes(50) && $0 < .minutes(60) }, "burning")
            #expect(waits.contains { $0 > .minutes(60) && $0 < .hours(24) }, "overdue")
            #expect(waits.contains { $0 > .hours(24) }, "its reply window has closed")
        }
    }

    @Test func peopleShareTheWork() async throws {
        try await PlantedDesk.use { planted in
            let assignees = Set(try await planted.conversations(.owed).map(\.conversation.assignee))
            #expect(assignees.count == 3, "somebody's, somebody else's, and nobody's")
            let authors = Set(try await planted.messages().compactMap(\.author))
            #expect(authors.count == DemoBusiness.Person.everyone.count)
        }
    }

    @Test func ledgerIsIntact() async throws {
        try await PlantedDesk.use { planted in
            let workspaces = try await planted.desk.context.storage.read { try $0.workspaces.all() }
            for workspace in workspaces {
                let finding = try await VerifyLedger(planted.desk.context.storage).verify(workspace)
                #expect(finding.fault == nil)
                #expect(finding.head.sequence > 300)
            }
        }
    }

    @Test func nothingHappensInTheFutureOrBeforeWhatItFollows() async throws {
        try await PlantedDesk.use { planted in
            for thread in try await planted.threads() {
                #expect(thread.allSatisfy { $0.sentAt <= planted.now && $0.receivedAt <= planted.now })
                #expect(thread.map(\.sentAt) == thread.map(\.sentAt).sorted())
            }
        }
    }

    @Test func everyInboxIsMarkedAsSimulated() async throws {
        try await PlantedDesk.use { planted in
            let inboxes = try await planted.desk.context.storage.read { try $0.inboxes.all() }
            #expect(inboxes.count == 2)
            #expect(inboxes.allSatisfy { $0.isSimulated })
        }
    }
}
