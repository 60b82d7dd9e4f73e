import DeskCore
import Testing

@testable import MailFormat

/// What is sent is read by everybody as it was meant, and holds no line that somebody else wrote into it.
@Suite struct WritingTests {
    private static let names = [
        "Presupuesto", "¿Tienen pan sin sal?", "Re: Año 2026 – señal de 1.200 €", "日本語の件名はとても長いので、折り返されるはずです。どうでしょうか",
        "👩‍👩‍👧‍👦 família", "=?utf-8?Q?no?=", String(repeating: "a", count: 300), "a  b", "\"quoted\" \\ back", "x\r\nBcc: eve@evil.example", "",
    ]

    private static func draft(_ subject: String = "Hola", text: String = "Sí") -> MailDraft {
        MailDraft(
            from: MailAddress(name: "Marta Ríos, panadera", address: "marta@laespiga.example"),
            to: [MailAddress(name: "Ana \"A\" Ruiz", address: "ana@cliente.example")], subject: subject,
            date: Instant(unixSeconds: 1_795_370_399), messageID: "a1.b2@laespiga.example", inReplyTo: ["1@cliente.example"],
            references: (1...30).map { "number-\($0)-of-a-long-thread@cliente.example" }, text: text)
    }

    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
    }

    /// One line, whatever stood between its words.
    private static func folded(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    @Test(arguments: names)
    func aSubjectIsReadAsItWasWritten(subject: String) {
        let mail = MailReader.mail(in: MailWriter.bytes(of: Self.draft(subject)))
        #expect(mail.subject ?? "" == Self.folded(subject))
        #expect(mail.headers.first("Bcc") == nil)
    }

    @Test(arguments: names)
    func aNameIsReadAsItWasWritten(name: String) {
        var draft = Self.draft()
        draft.to = [MailAddress(name: name, address: "ana@cliente.example"), MailAddress(name: "Bo", address: "bo@x.example")]
        draft.cc = [MailAddress(name: "", address: "cy@x.example")]
        let mail = MailReader.mail(in: MailWriter.bytes(of: draft))
        #expect(mail.to.map(\.name) == [Self.folded(name), "Bo"])
        #expect(mail.to.map(\.address) == ["ana@cliente.example", "bo@x.example"])
        #expect(mail.cc.map(\.address) == ["cy@x.example"])
    }

    @Test(arguments: [
        "Sí", "", "una\ndos\n\n\ntres", "final\n", ".\n..\nFrom mí\nFrom you", "espacio al final \ntab\t\n",
        String(repeating: "ñandú ", count: 400),
        "=20 = == =_plain\n--=_plain--", "-- \nMarta", "\tsangría", "a\r\nb",
    ])
    func aTextIsReadAsItWasWritten(text: String) {
        let mail = MailReader.mail(in: MailWriter.bytes(of: Self.draft(text: text)))
        let meant = text.replacing("\r\n", with: "\n")
        #expect(mail.text?.drop(atEnd: "\n") == meant.drop(atEnd: "\n"))
    }

    @Test(arguments: names.filter { !$0.isEmpty })
    func aFileKeepsItsNameAndItsBytes(name: String) throws {
        for count in [0, 1, 2, 3, 57, 58, 1_000] {
            var draft = Self.draft()
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            draft.files = [.init(name: name, mediaType: "image/png", bytes: bytes)]
            draft.html = "<p>Sí</p>"
            let mail = MailReader.mail(in: MailWriter.bytes(of: draft))
            let file = try #require(mail.attachments.first)
            #expect(file.fileName == Self.folded(name))
            #expect(file.content == bytes)
            #expect(file.mediaType == "image/png")
            #expect(mail.html?.contains("<p>Sí</p>") == true)
            #expect(mail.text?.contains("Sí") == true)
        }
    }

    @Test func everyServerTakesIt() {
        var draft = Self.draft("Re: \(String(repeating: "presupuesto ", count: 30))", text: String(repeating: "ñandú ", count: 400))
        draft.files = [.init(name: "a.bin", mediaType: "no type\r\nX: y", bytes: Array(repeating: 0xFF, count: 5_000))]
        let bytes = MailWriter.bytes(of: draft)
        #expect(bytes.allSatisfy { $0 < 0x80 && $0 != 0 })
        for line in Self.lines(bytes).dropLast() {
            #expect(line.last == UInt8(ascii: "\r"))
            #expect(!line.dropLast().contains(UInt8(ascii: "\r")))
            #expect(line.count <= 79, "\(String(decoding: line, as: UTF8.self))")
        }
        #expect(MailReader.mail(in: bytes).attachments.first?.mediaType == "application/octet-stream")
    }

    @Test func theThreadAndTheDateAreThoseOfTheDraft() {
        let mail = MailReader.mail(in: MailWriter.bytes(of: Self.draft()))
        #expect(mail.messageID == "a1.b2@laespiga.example")
        #expect(mail.inReplyTo == ["1@cliente.example"])
        #expect(mail.references == Self.draft().references)
        #expect(mail.date == Self.draft().date)
        #expect(mail.headers.first("Date").map { String(decoding: $0.bytes, as: UTF8.self) }?.contains("+0000") == true)
    }

    @Test func nothingCanBeSlippedIntoTheHeader() {
        var draft = Self.draft()
        draft.from = MailAddress(name: "a", address: "a@x.example>\r\nBcc: <eve@evil.example")
        draft.messageID = "a>\r\nBcc: eve@evil.example"
        draft.references = ["x\r\nBcc: eve@evil.example"]
        draft.marks = [(name: "X-Mark\r\nBcc", value: "y\r\nBcc: eve@evil.example")]
        #expect(MailReader.mail(in: MailWriter.bytes(of: draft)).headers.all("Bcc").isEmpty)
    }
}

extension String {
    fileprivate func drop(atEnd end: Character) -> Substring {
        var rest = self[...]
        while rest.last == end { rest.removeLast() }
        return rest
    }
}
