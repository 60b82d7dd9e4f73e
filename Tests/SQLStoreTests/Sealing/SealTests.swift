import Crypto
import DeskCore
import Foundation
import Testing

@testable import SQLStore

@Suite struct SealTests {
    private static let key = NamedKey(id: KeyID(text: "AAAAAAAAAAA"), key: SymmetricKey(data: [UInt8](repeating: 1, count: 32)))
    private static let other = NamedKey(id: KeyID(text: "AAAAAAAAAAA"), key: SymmetricKey(data: [UInt8](repeating: 2, count: 32)))

    @Test(arguments: ["Hola", "ñandú 👩🏽‍🚀 e\u{301}", " ", String(repeating: "palabra ", count: 10_000), "\u{0}"])
    func whatIsSealedIsOpenedAgain(text: String) throws {
        let sealed = try Seal.seal(text, with: Self.key)
        #expect(!sealed.contains(text))
        #expect(Seal.keyID(of: sealed) == Self.key.id)
        #expect(try Seal.open(sealed, with: Self.key) == text)
    }

    @Test func nothingIsSealedTwiceAlike() throws {
        #expect(try Seal.seal("Hola", with: Self.key) != Seal.seal("Hola", with: Self.key))
    }

    @Test func emptyStaysEmpty() throws {
        #expect(try Seal.seal("", with: Self.key).isEmpty)
        #expect(try Seal.open("", with: Self.key).isEmpty)
    }

    @Test func whatIsSealedToBeLookedUpIsAlikeOnlyWhereItIsTheSame() throws {
        let lookup = SymmetricKey(data: [UInt8](repeating: 3, count: 32))
        let sealed = try Seal.sealForLookup("34600000001", with: Self.key, lookup)
        #expect(try Seal.sealForLookup("34600000001", with: Self.key, lookup) == sealed)
        #expect(try Seal.sealForLookup("34600000002", with: Self.key, lookup) != sealed)
        #expect(try Seal.open(sealed, with: Self.key) == "34600000001")
    }

    /// Every bit of it: the mark, the key's name, the nonce, the ciphertext, the tag.
    @Test func whatWasChangedIsNotOpened() throws {
        let sealed = try Seal.seal(Array("Hola".utf8), with: Self.key)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            let isOpened = Seal.keyID(of: changed) == Self.key.id && (try? Seal.open(changed, with: Self.key)) != nil
            #expect(!isOpened, "byte \(place)")
        }
    }

    @Test func anotherKeyOfTheSameNameOpensNothing() throws {
        let sealed = try Seal.seal("Hola", with: Self.key)
        #expect(throws: DeskError.self) { try Seal.open(sealed, with: Self.other) }
    }

    @Test(arguments: ["Hola", "~1.", "~1.short", "~1.AAAAAAAAAAA", "~1.AAAAAAAAAAA.no base64!", "~2.AAAAAAAAAAA.AAAA"])
    func whatIsNotSealedIsNotTakenForIt(text: String) {
        #expect(throws: DeskError.self) {
            guard Seal.keyID(of: text) != nil else { throw DeskError.notOpened }
            _ = try Seal.open(text, with: Self.key)
        }
    }

    @Test func aWrappedKeyIsOpenedByItsNameOnly() throws {
        let wrapping = SymmetricKey(size: .bits256)
        let wrapped = try WrappedKey.wrap(Self.key, under: wrapping)
        #expect(try WrappedKey.open(wrapped, named: Self.key.id, under: wrapping).key == Self.key.key)
        #expect(throws: DeskError.self) { try WrappedKey.open(wrapped, named: KeyID(text: "BBBBBBBBBBB"), under: wrapping) }
        #expect(throws: DeskError.self) { try WrappedKey.open(wrapped, named: Self.key.id, under: SymmetricKey(size: .bits256)) }
    }
}

@Suite struct MasterKeyTests {
    private static let bytes = [UInt8](0..<32)

    @Test(arguments: [
        Data(bytes).base64EncodedString(), bytes.hexadecimal, "  \(bytes.hexadecimal.uppercased())\n",
        Data(bytes).base64EncodedString() + "\n",
    ])
    func isReadInTheFormsInWhichPeopleKeepIt(text: String) throws {
        #expect(try MasterKey(text: Secret(text)).id == MasterKey(Self.bytes).id)
    }

    @Test(arguments: ["", "AAAA", "clave", String(repeating: "0", count: 63), String(repeating: "zz", count: 32)])
    func anythingElseIsRefusedWithoutBeingRepeated(text: String) {
        #expect { try MasterKey(text: Secret(text)) } throws: { error in
            guard let error = error as? DeskError, error.code == .masterKeyUnusable else { return false }
            return text.isEmpty || !error.message.contains(text)
        }
    }

    @Test func twoAreNeverTheSame() throws {
        #expect(try MasterKey.make().key.id != MasterKey.make().key.id)
    }
}

@Suite struct WordCipherTests {
    private let cipher = WordCipher(SymmetricKey(data: [UInt8](repeating: 5, count: 32)))

    @Test func aBeginningOfAWordIsTheBeginningOfItsSigns() {
        let whole = cipher.sealed("tornillos")
        for length in 1...9 { #expect(whole.hasPrefix(cipher.sealed(String("tornillos".prefix(length))))) }
        #expect(whole.unicodeScalars.count == 9)
    }

    @Test func theSameLetterHasAnotherSignElsewhere() {
        #expect(Set(cipher.sealed("aaaaaaaa").unicodeScalars).count > 6)
    }

    @Test func anotherKeyMakesOtherSigns() {
        #expect(WordCipher(SymmetricKey(size: .bits256)).sealed("tornillos") != cipher.sealed("tornillos"))
    }

    @Test func eachSignIsALetterThatNoDatabaseChanges() {
        let signs = cipher.tokens(of: "Él pidió 3 ñoquis à la crème, 北京 и щи").unicodeScalars.filter { $0 != " " }
        #expect(!signs.isEmpty)
        #expect(signs.allSatisfy { (0x4E00...0x9FFF).contains($0.value) })
    }

    @Test func aTextIsItsDifferentWords() {
        #expect(cipher.tokens(of: "Pan, pan y más pan").split(separator: " ").count == 3)
        #expect(cipher.tokens(of: "más") == cipher.tokens(of: "MAS"))
        #expect(cipher.tokens(of: "…!").isEmpty)
    }
}
