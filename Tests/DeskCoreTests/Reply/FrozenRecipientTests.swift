import DeskCore
import Foundation
import Testing

/// To whom a reply goes is sealed when it is approved (promise P4).
struct FrozenRecipientTests {
    private let recipient = FrozenRecipient(inbox: Sample.inbox, conversation: Sample.conversation, identity: Sample.phone)

    @Test func itsDigestIsTheOneThatAnybodyCanCompute() {
        #expect(recipient.digest == "46da3a4fa79a621d17405d1c35630ebff9753440793a65eb66ce9cdb85465f71")
    }

    @Test func everyPartOfItChangesTheDigest() {
        let others = [
            FrozenRecipient(inbox: Inbox.ID("inbox2"), conversation: Sample.conversation, identity: Sample.phone),
            FrozenRecipient(inbox: Sample.inbox, conversation: Conversation.ID("conversation2"), identity: Sample.phone),
            FrozenRecipient(
                inbox: Sample.inbox, conversation: Sample.conversation, identity: ProviderIdentity(.opaque, Sample.phone.value)),
            FrozenRecipient(
                inbox: Sample.inbox, conversation: Sample.conversation, identity: ProviderIdentity(.phone, "525512345678")),
            FrozenRecipient(inbox: Inbox.ID("inboxconversation"), conversation: Conversation.ID(""), identity: Sample.phone),
        ]
        #expect(Set(others.map(\.digest)).union([recipient.digest]).count == others.count + 1)
    }

    @Test(arguments: ["inbox", "conversation", "phone", "5215512345678"])
    func whatWasChangedInTheStoreIsFoundOut(part: String) throws {
        let stored = try #require(String(bytes: JSONEncoder().encode(recipient), encoding: .utf8))
        let replacement = part == "phone" ? "opaque" : "forged"
        let forged = stored.replacingOccurrences(of: ":\"\(part)\"", with: ":\"\(replacement)\"")
        #expect(forged != stored)

        #expect(try !JSONDecoder().decode(FrozenRecipient.self, from: Data(forged.utf8)).isIntact)
        #expect(try JSONDecoder().decode(FrozenRecipient.self, from: Data(stored.utf8)).isIntact)
    }
}
