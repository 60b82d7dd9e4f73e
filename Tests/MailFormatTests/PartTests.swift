import MailFormat
import Testing

@Suite struct PartTests {
    private static let parcel = """
        From: ana@x.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        before the first part
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8

        Hello
        --inner
        Content-Type: text/html; charset=utf-8

        <p>Hello <img src="cid:logo@x"></p>
        --inner--
        --outer
        Content-Type: image/png; name="logo.png"
        Content-Transfer-Encoding: base64
        Content-ID: <logo@x>
        Content-Disposition: inline

        AAEC
        --outer
        Content-Type: text/plain; name=notes.txt
        Content-Disposition: attachment

        a file
        --outer
        Content-Type: text/calendar; method=REQUEST; charset=utf-8

        BEGIN:VCALENDAR
        --outer
        Content-Type: message/rfc822

        Message-ID: <inside@x>
        Subject: within

        hidden
        --outer--
        """

    @Test func textHTMLAndFilesAreToldApart() {
        let mail = letter(Self.parcel)
        #expect(mail.text == "Hello")
        #expect(mail.html?.contains("cid:logo@x") == true)
        #expect(mail.attachments.map(\.mediaType) == ["image/png", "text/plain", "text/calendar", "message/rfc822"])
        #expect(mail.attachments.map(\.fileName) == ["logo.png", "notes.txt", nil, nil])
        #expect(mail.damage.isEmpty)
    }

    @Test func anInlinePictureHasItsBytesAndTheNameThatTheHTMLCallsIt() throws {
        let picture = try #require(letter(Self.parcel).attachments.first)
        #expect(picture.content == [0, 1, 2] && picture.contentID == "logo@x" && picture.isInline)
    }

    @Test func aCalendarPartSaysWhatItIsFor() throws {
        let entry = try #require(letter(Self.parcel).parts.first { $0.mediaType == "text/calendar" })
        #expect(entry.parameter("method") == "REQUEST")
    }

    @Test func aMailWithinTheMailShowsItsHeader() throws {
        let inside = try #require(letter(Self.parcel).parts.last)
        #expect(inside.enclosedHeaders?.text("Subject") == "within" && inside.isMessage)
    }

    @Test(arguments: [
        ("attachment; filename=\"a b.pdf\"", "a b.pdf"),
        ("attachment; filename=a b.pdf", "a b.pdf"),
        ("attachment; filename*=utf-8''Se%C3%B1or.pdf", "Señor.pdf"),
        ("attachment; filename*=iso-8859-1'es'Se%F1or.pdf", "Señor.pdf"),
        ("attachment; filename*0=\"long \"; filename*1=name.pdf", "long name.pdf"),
        ("attachment; filename*1*=%B1or.pdf; filename*0*=utf-8''Se%C3", "Señor.pdf"),
        ("attachment; filename=plain.pdf; filename*=utf-8''Se%C3%B1or.pdf", "Señor.pdf"),
        ("attachment; filename=\"=?utf-8?Q?Se=C3=B1or.pdf?=\"", "Señor.pdf"),
        ("attachment; filename=señor.pdf", "señor.pdf"),
        ("attachment; filename=\"semi;colon \\\"quoted\\\".pdf\"", "semi;colon \"quoted\".pdf"),
        ("attachment; filename=\"C:\\dir\\a.pdf\"", "C:\\dir\\a.pdf"), ("attachment; filename=\"never closed.pdf", "never closed.pdf"),
        ("attachment; filename=one.pdf; filename=two.pdf", "one.pdf"),
        ("attachment", "typed.pdf"),
    ])
    func fileNamesAreReadAsProgramsWriteThem(disposition: String, name: String) {
        let mail = letter("Content-Type: application/pdf; name=typed.pdf\nContent-Disposition: \(disposition)\n\nx")
        #expect(mail.attachments.map(\.fileName) == [name])
    }

    @Test func aTNEFFileStaysAFile() {
        let mail = letter("Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\nAAEC")
        #expect(mail.attachments.map(\.fileName) == ["winmail.dat"] && mail.text == nil)
    }

    @Test(
        arguments: [
            ("utf-8", "a\u{F1}o".utf8.map { $0 }, "año"), ("iso-8859-1", [0x61, 0xF1, 0x6F], "año"), ("windows-1252", [0x80], "€"),
            ("iso-8859-1", [0x93, 0x78, 0x94], "“x”"), ("koi8-r", [0xC4, 0xC1], "да"), ("gb2312", [0xC4, 0xE3], "你"),
            ("shift_jis", [0x82, 0xA0], "あ"), ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "あ"),
            ("ks_c_5601-1987", [0xB0, 0xA1], "가"), ("us-ascii", [0xC3, 0xB1], "ñ"), ("us-ascii", [0xF1], "ñ"),
            ("nonsense", [0xC3, 0xB1], "ñ"),
            ("../../etc", [0x61], "a"), ("utf-8", [0x61, 0xFF, 0x62], "a\u{FFFD}b"), ("utf-8", [0x61, 0x00, 0x62], "ab"),
        ] as [(String, [UInt8], String)])
    func textIsReadInItsCharset(charset: String, content: [UInt8], text: String) {
        let head = Array("Content-Type: text/plain; charset=\(charset)\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".utf8)
        #expect(MailReader.mail(in: head + content).text == text)
    }

    @Test func flowedLinesAreJoinedForReadersAndKeptInTheText() {
        let mail = letter("Content-Type: text/plain; format=flowed\n\nOne line \ngoes on.\n\n> a quote \n> goes on\n>> deeper\n-- \nAna")
        #expect(mail.text?.hasPrefix("One line \ngoes on.") == true)
        #expect(mail.flowingText == "One line goes on.\n\n> a quote goes on\n>> deeper\n-- \nAna")
    }

    @Test func spacesGoTooWhereTheMailSaysSo() {
        let mail = letter("Content-Type: text/plain; format=flowed; delsp=yes\n\nhttps://x.example/ \nlong")
        #expect(mail.flowingText == "https://x.example/long")
    }

    @Test(arguments: [
        ("multipart/signed; boundary=b; protocol=\"application/pgp-signature\"", "signed"),
        ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "signed"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "encrypted"),
        ("application/x-pkcs7-mime; name=smime.p7m", "encrypted"),
        ("multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"", "encrypted"),
        ("text/plain", nil),
    ])
    func protectionIsRecognised(type: String, protection: String?) {
        #expect(MailProtection(letter("Content-Type: \(type)\n\n--b\n\nx\n--b--"))?.rawValue == protection)
    }
}
