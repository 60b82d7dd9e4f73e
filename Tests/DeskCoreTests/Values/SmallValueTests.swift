import DeskCore
import Foundation
import Testing

/// The small words that everything else is made of.
struct SmallValueTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func aDigestIsTheStandards(text: String, digest: String) {
        #expect(Digest.of(text) == digest)
        #expect(Digest.of(Array(text.utf8)) == digest)
    }

    @Test func anIdentifierIsStoredAsItsText() throws {
        let id = Message.ID("a\"b")
        #expect(try JSONDecoder().decode(Message.ID.self, from: JSONEncoder().encode(id)) == id)
        #expect(try JSONDecoder().decode(Message.ID.self, from: Data("\"x\"".utf8)).text == "x")
        #expect("\(id)" == "a\"b")
        #expect(Message.ID("a") < Message.ID("b"))
    }

    @Test func anErrorForOutsidersSaysNoMoreThanItsMessageUnlessItIsGivenAnother() {
        let plain = DeskError(.notFound, message: "inside")
        let guarded = DeskError(.storageUnavailable, message: "disk full", publicMessage: "later", isTransient: true)
        #expect(plain.publicMessage == "inside" && !plain.isTransient)
        #expect(guarded.publicMessage == "later" && guarded.isTransient)
        #expect("\(plain)" == "not_found: inside")
    }

    @Test func anIdentityIsKeptExactlyAsReceived() throws {
        let identity = ProviderIdentity(.phone, " +52 1 55 1234-5678 ")
        let copy = try JSONDecoder().decode(ProviderIdentity.self, from: JSONEncoder().encode(identity))
        #expect(copy.value == " +52 1 55 1234-5678 ")
        #expect(identity != ProviderIdentity(.phone, "5215512345678"))
    }

    @Test func aCorrespondentIsAskedForAnIdentityByItsScheme() {
        let both = Correspondent(identities: [ProviderIdentity(.businessScoped, "MX.1"), Sample.phone])
        #expect(both.identity(.phone) == Sample.phone.value)
        #expect(both.identity(.businessScoped) == "MX.1")
        #expect(both.identity(.opaque) == nil)
    }
}
