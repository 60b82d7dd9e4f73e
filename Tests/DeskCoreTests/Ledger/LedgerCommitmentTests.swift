import DeskCore
import Testing

/// What can be erased is in the ledger only as a commitment, which says nothing without its salt.
struct LedgerCommitmentTests {
    private let salt = String(repeating: "5a", count: 16)

    @Test func theSameContentUnderAnotherSaltLooksDifferent() {
        let other = String(repeating: "a5", count: 16)
        #expect(LedgerCommitment(salt: salt).content(of: Sample.message()) != LedgerCommitment(salt: other).content(of: Sample.message()))
        #expect(LedgerCommitment(salt: salt).typedName("Ana") != LedgerCommitment(salt: other).typedName("Ana"))
        let recipient = FrozenRecipient(inbox: Sample.inbox, conversation: Sample.conversation, identity: Sample.phone)
        #expect(LedgerCommitment(salt: salt).recipient(recipient) != LedgerCommitment(salt: other).recipient(recipient))
        #expect(LedgerCommitment(salt: salt).recipient(recipient) != recipient.digest)
    }

    @Test func whoeverHasBothCanShowWhatWasMeant() {
        let commitment = LedgerCommitment(salt: salt)
        #expect(commitment.content(of: Sample.message()) == commitment.content(of: Sample.message()))
        var changed = Sample.message()
        changed.content.text = "Hola!"
        #expect(commitment.content(of: changed) != commitment.content(of: Sample.message()))
    }

    @Test func everyPartOfARecipientIsCommittedTo() {
        let commitment = LedgerCommitment(salt: salt)
        let recipients = [
            FrozenRecipient(inbox: Sample.inbox, conversation: Sample.conversation, identity: Sample.phone),
            FrozenRecipient(inbox: Inbox.ID("other"), conversation: Sample.conversation, identity: Sample.phone),
            FrozenRecipient(inbox: Sample.inbox, conversation: Conversation.ID("other"), identity: Sample.phone),
            FrozenRecipient(
                inbox: Sample.inbox, conversation: Sample.conversation, identity: ProviderIdentity(.opaque, Sample.phone.value)),
            FrozenRecipient(inbox: Sample.inbox, conversation: Sample.conversation, identity: ProviderIdentity(.phone, "0")),
        ]
        #expect(Set(recipients.map(commitment.recipient)).count == recipients.count)
    }

    /// HMAC-SHA256 with the salt's bytes as key, computed with another program over the canonical bytes.
    @Test func aCommitmentCanBeComputedByAnyProgram() {
        #expect(LedgerCommitment(salt: salt).typedName("Ana") == "39edcfae283c5548d207c8155e9573b6d5bb375b0c2b2a596e62ce8336bd95d8")
    }

    @Test func differentThingsUnderOneSaltLookDifferent() {
        let commitment = LedgerCommitment(salt: salt)
        let named = FrozenRecipient(inbox: Inbox.ID(""), conversation: Conversation.ID(""), identity: ProviderIdentity(.phone, ""))
        #expect(Set([commitment.typedName(""), commitment.recipient(named), commitment.content(of: Sample.message())]).count == 3)
    }
}
