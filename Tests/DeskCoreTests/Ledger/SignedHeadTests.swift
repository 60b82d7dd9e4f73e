import DeskCore
import Testing

/// A head that was kept outside speaks for itself: what it says, and who signed it.
struct SignedHeadTests {
    private let signer = HeadSigner(of: Sample.workspace)
    private let checkpoint = LedgerCheckpoint(
        workspace: Sample.workspace, size: 7, root: .leaf([1]), chainHash: String(repeating: "ab", count: 32), at: Sample.noon)

    @Test func aCheckpointIsFiveLines() {
        #expect(
            checkpoint.text == """
                contesta.ledger/workspace
                7
                \(Base64.encode(MerkleHash.leaf([1]).bytes))
                chain abababababababababababababababababababababababababababababababab
                time 1790000000000000

                """)
        #expect(LedgerCheckpoint(text: checkpoint.text) == checkpoint)
    }

    @Test func aNoteIsReadAsItWasWritten() throws {
        let head = try signer.sign(checkpoint)
        #expect(SignedHead(note: head.note) == head)
        #expect(head.isSigned(by: signer.key))
        #expect(head.note.hasSuffix("\n"))
        #expect(head.note.contains("\n\n\u{2014} contesta.ledger/workspace "))
    }

    /// The note with which the specification of signed notes explains itself, signed by somebody else's program.
    @Test func theKeyIDIsThatOfTheSpecification() {
        // SHA-256("example.com/foo" ‖ 0x0A ‖ 0x01 ‖ key) is what other programs compute; ours only has its own kind of name.
        let key = LedgerKey(workspace: Workspace.ID("w"), bytes: [UInt8](repeating: 0, count: 32))
        let expected = Digest.of(Array("contesta.ledger/w\n".utf8) + [1] + [UInt8](repeating: 0, count: 32)).prefix(8)
        #expect(key.id == String(expected))
        #expect(key.text == "contesta.ledger/w+\(expected)+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        #expect(LedgerKey(text: key.text) == key)
    }

    @Test func everyFlippedCharacterIsFound() throws {
        let head = try signer.sign(checkpoint)
        let note = Array(head.note.utf8)
        for place in note.indices {
            var flipped = note
            flipped[place] ^= 1
            let read = SignedHead(note: String(decoding: flipped, as: UTF8.self))
            #expect(read?.isSigned(by: signer.key) != true, "flipping byte \(place) was not noticed")
        }
    }

    @Test func anotherKeyIsNotTaken() throws {
        let head = try signer.sign(checkpoint)
        #expect(!head.isSigned(by: HeadSigner(of: Sample.workspace).key))
        let same = LedgerKey(workspace: Workspace.ID("other"), bytes: signer.key.bytes)
        #expect(!head.isSigned(by: same))
    }

    /// The same bytes in another ledger's name, and a head that claims that key's id.
    @Test func aKeyOfAnotherLedgerHasSignedNothingHere() throws {
        let head = try signer.sign(checkpoint)
        let other = LedgerKey(workspace: Workspace.ID("other"), bytes: signer.key.bytes)
        let claimed = SignedHead(checkpoint: checkpoint, keyID: other.id, signature: head.signature)
        #expect(!claimed.isSigned(by: other))
        #expect(!claimed.isSigned(by: signer.key))
    }

    @Test func aKeyIsTakenUpAgainFromItsSeed() throws {
        let again = try #require(HeadSigner(of: Sample.workspace, seed: signer.seed))
        #expect(again.key == signer.key)
        #expect(HeadSigner(of: Sample.workspace, seed: [1, 2, 3]) == nil)
    }

    @Test(arguments: [
        "", "\n", "contesta.ledger/w\n0\n", "contesta.ledger/w\n07\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nchain a\ntime 1\n",
    ])
    func whatIsNoCheckpointIsNotRead(text: String) {
        #expect(LedgerCheckpoint(text: text) == nil)
        #expect(SignedHead(note: text) == nil)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64IsThatOfRFC4648(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", "====", "Zg==Zg==", "Z===", "-_=="])
    func base64HasOneSpellingOnly(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
