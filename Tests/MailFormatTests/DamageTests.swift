import Testing

@testable import MailFormat

/// A mail that can't be read well must still be seen, and must cost no more than others.
@Suite(.timeLimit(.minutes(2))) struct DamageTests {
    @Test func whatHasNoHeaderIsAllText() {
        let mail = MailReader.mail(in: Array("// just some words".utf8))
        #expect(mail.text == "// just some words" && mail.damage == [.noHeader])
    }

    @Test func nothingIsAMailWithNothingInIt() {
        let mail = MailReader.mail(in: [])
        #expect(mail.text == nil && mail.parts.isEmpty && mail.subject == nil)
    }

    @Test func partsThatNeverEndAreReadToTheEnd() {
        let mail = letter("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nstill here\n")
        #expect(mail.text == "still here")
    }

    @Test func aContainerWithoutPartsShowsWhatStandsInIt() {
        let mail = letter("Content-Type: multipart/mixed; boundary=b\n\nDear desk, the boundary never came.\n")
        #expect(mail.readableText.contains("the boundary never came"))
    }

    @Test(arguments: [
        ("From: a@x.example\nSubject: s\nthe empty line is missing: really\n\nmore", "the empty line is missing: really\n\nmore"),
        ("From: a@x.example\nSubject: s\n   \nthe empty line is none", "the empty line is none"),
        ("Content-Type: multipart/mixed; boundary=b\n\n--b\nText at once\n--b--", "Text at once"),
        ("From: a@x.example\nbroken line\nSubject: s\n\ntext", "text"),
        ("\u{FEFF}Subject: s\n\ntext", "text"),
    ])
    func textWithoutAnEmptyLineAboveItIsKept(raw: String, text: String) {
        #expect(letter(raw).text == text)
    }

    @Test func aPartOfTwoTypesIsWhatItCanBe() {
        let mail = letter(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/related\nContent-Type: text/plain\n\nwords\n--b--")
        #expect(mail.readableText == "words")
    }

    @Test func lineEndsOfOldMachinesAreLineEnds() {
        let mail = MailReader.mail(in: Array("Subject: s\r\rone\rtwo".utf8))
        #expect(mail.subject == "s" && mail.text == "one\ntwo")
    }

    @Test func nullsInAHeaderCostNoOtherCharacter() {
        #expect(letter("Subject: a\0b\nFrom: a@x.example\n\ntext").subject == "ab")
    }

    @Test(arguments: [
        ("aGVsbG8=", "hello"), ("aGVsbG8", "hello"), ("aGVs\n\nbG8=\n\nadded by a list", "hello"), ("aGVsbG8=\nIHlvdQ==", "hello you"),
        ("aG!Vs bG8=", "hello"), ("", ""),
    ])
    func base64IsReadToItsEnd(encoded: String, text: String) {
        #expect(letter("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n\(encoded)").text == text)
    }

    @Test func tenThousandPartsAreFollowedOnlySoFar() {
        let part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
        let mail = MailReader.mail(
            in: Array(("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + String(repeating: part, count: 10_000) + "--b--").utf8))
        #expect(mail.parts.count < 1_000 && mail.damage.contains(.tooManyParts))
    }

    /// Each part and each field would be an object of its own before anything could be counted.
    @Test func millionsOfPartsAndFieldsAreNotGivenToTheParser() {
        let parts = MimeSource(Array(("Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n", count: 200_000)).utf8))
        #expect(parts.bytes.count < 200_000 && parts.damage == [.tooManyParts])
        let fields = MimeSource(Array(("Subject: s\n" + String(repeating: "a:\n", count: 200_000)).utf8))
        #expect(fields.bytes.firstIndex(of: "\n\n", from: 0).map { $0 < 20_000 } == true && fields.damage == [.tooManyFields])
        let inside = MimeSource(Array(("Content-Type: message/rfc822\n\n" + String(repeating: "a:\n", count: 200_000)).utf8))
        #expect(inside.damage == [.tooManyFields])
    }

    @Test func whatNeedsNoMendingIsGivenAsItIs() {
        let source = bytes("From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b--\nkey: value\n")
        #expect(MimeSource(source).bytes == source)
    }

    @Test func partsInPartsAreFollowedOnlySoDeep() {
        let levels = (0..<1_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n" }.joined()
        let mail = MailReader.mail(in: Array((levels + "Content-Type: text/plain\r\n\r\nat the bottom").utf8))
        #expect(mail.damage.contains(.tooDeep))
    }

    @Test func mailsInMailsAreFollowedOnlySoDeep() {
        let levels = String(repeating: "Content-Type: message/rfc822\r\n\r\n", count: 2_000)
        #expect(MailReader.mail(in: Array((levels + "Subject: x\r\n\r\ny").utf8)).parts.count <= 1_000)
    }

    @Test func aHeaderWithoutEndIsCut() {
        let mail = MailReader.mail(
            in: Array("Subject: ".utf8) + Array(repeating: UInt8(ascii: "a"), count: 1 << 20) + Array("\r\n\r\nx".utf8))
        #expect(mail.subject.map { (200_000...262_144).contains($0.utf8.count) } == true && mail.damage.contains(.tooManyFields))
    }

    @Test func encodedWordsThatOpenAndNeverCloseCostNoMoreThanOthers() {
        let words = String(repeating: "=?a?q?", count: 40_000)
        #expect(letter("Subject: \(words)\n\nx").subject?.hasPrefix("=?a?q?") == true)
    }

    @Test(arguments: [
        String(repeating: "<div>", count: 200_000) + "deep", String(repeating: "<b>x<p>", count: 20_000) + "many",
        String(repeating: "<table><tr><td>", count: 30_000) + "tables", String(repeating: "<font size=1>", count: 5_000) + "fonts",
    ])
    func htmlThatIsBuiltToHurtIsStrippedInstead(html: String) {
        let text = HTMLText.text(of: html)
        #expect(["deep", "many", "tables", "fonts"].contains { text.hasSuffix($0) })
    }

    @Test func aLargeMailIsReadInReasonableTime() {
        let line = String(repeating: "A", count: 76) + "\r\n"
        let content = String(repeating: line, count: 40_000)
        let mail = MailReader.mail(in: Array(("Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + content).utf8))
        #expect(mail.attachments.first?.content.count == 40_000 * 57)
    }
}
