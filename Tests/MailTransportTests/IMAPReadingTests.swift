import Testing

@testable import MailTransport

/// What a server says, in pieces as they come.
@Suite struct IMAPReadingTests {
    private static let mail = "Subject: Hi\r\n\r\nA {5}\r\nB\r\n"
    private static let said =
        "* 3 FETCH (UID 7 FLAGS (\\Seen $Forwarded) BODY[HEADER.FIELDS (DATE FROM)]<0> {\(mail.utf8.count)}\r\n\(mail) "
        + "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n* 4 EXISTS\r\n"

    @Test(arguments: [1, 2, 3, 7, 64, 4_096])
    func aResponseIsTheSameHoweverItIsCutOnTheWay(stride: Int) throws {
        var framing = IMAPFraming(longestLiteral: 1_000)
        var responses: [IMAPResponse] = []
        var rest = Array(Self.said.utf8)[...]
        while !rest.isEmpty {
            framing.append(Array(rest.prefix(stride)))
            rest = rest.dropFirst(stride)
            while let pieces = try framing.next() { responses.append(try IMAPResponse(pieces)) }
        }
        #expect(
            responses == [
                .fetched([
                    "UID": .atom("7"), "FLAGS": .list([.atom("\\Seen"), .atom("$Forwarded")]),
                    "BODY[HEADER.FIELDS (DATE FROM)]<0>": .string(Array(Self.mail.utf8)),
                    "INTERNALDATE": .string(Array("17-Jul-1996 02:44:25 -0700".utf8)),
                ]), .exists(4),
            ])
        #expect(!framing.hasRest)
    }

    @Test(arguments: [
        ("* OK [UIDVALIDITY 3857529045] UIDs valid", "UIDVALIDITY", ["3857529045"], "UIDs valid"),
        ("* ok [uidnext 4392]", "UIDNEXT", ["4392"], ""),
        ("* NO [ALERT] Quota [almost] full", "ALERT", [], "Quota [almost] full"),
    ])
    func whatStandsInBracketsIsReadApart(line: String, code: String, arguments: [String], text: String) throws {
        guard case .status(let status) = try Self.read(line) else {
            Issue.record("no status")
            return
        }
        #expect(status.code == code)
        #expect(status.arguments == arguments)
        #expect(status.text == text)
    }

    @Test(arguments: [
        ("* LIST (\\HasNoChildren \\Sent) \"/\" \"Enviados\"", "Enviados", MailFolder.Use.sent),
        ("* LIST (\\HasNoChildren) \"/\" INBOX", "INBOX", .inbox),
        ("* LIST () \".\" \"INBOX.Presupuestos &AOk-tudes\"", "INBOX.Presupuestos études", nil),
        ("* LIST () NIL \"Tom &- Ana \\\"&U,BTFw-\\\"\"", "Tom & Ana \"台北\"", nil),
    ])
    func aFolderIsNamedAsPeopleReadIt(line: String, name: String, use: MailFolder.Use?) throws {
        guard case .listed(let attributes, let delimiter, let bytes) = try Self.read(line) else {
            Issue.record("no folder")
            return
        }
        let folder = MailFolder(attributes: attributes, delimiter: delimiter, name: bytes)
        #expect(folder.name == name)
        #expect(folder.use == use)
    }

    @Test(arguments: ["Enviados", "Tom & Ana", "Correo/Año 2026", "台北", "日本語 & más", "&", "", "😀 ok"])
    func aFolderNameIsWrittenAsItIsRead(name: String) {
        #expect(FolderName.decoded(Array(FolderName.encoded(name).utf8)) == name)
        #expect(FolderName.encoded(name).utf8.allSatisfy { $0 < 128 })
    }

    @Test func aSentFolderIsFoundByTheServersWordBeforeItsName() {
        let named = MailFolder(name: "Sent Items")
        let marked = MailFolder(name: "Salida", use: .sent)
        #expect(MailFolder.folder(for: .sent, among: [named, marked]) == marked)
        #expect(MailFolder.folder(for: .sent, among: [named]) == named)
        #expect(MailFolder.folder(for: .sent, among: [MailFolder(name: "INBOX.Enviados")])?.name == "INBOX.Enviados")
        #expect(MailFolder.folder(for: .sent, among: [MailFolder(name: "Sent", isSelectable: false), MailFolder(name: "Absent")]) == nil)
    }

    @Test(arguments: [
        "* 1 FETCH (UID 7", "* LIST (\\Sent \"/\" \"a\"", "c1 MAYBE later",
        "* LIST () \"/\"", "* 1 FETCH \(String(repeating: "(", count: 40))\(String(repeating: ")", count: 40))",
    ])
    func whatIsNotTheProtocolIsAFaultAndNoCrash(line: String) {
        #expect { _ = try Self.read(line) } throws: { ($0 as? MailFault)?.kind == .garbled }
    }

    @Test func aLiteralThatNobodyShouldSendEndsTheConversation() {
        var framing = IMAPFraming(longestLiteral: 1_000)
        framing.append(Array("* 1 FETCH (BODY[] {1001}\r\n".utf8))
        #expect { _ = try framing.next() } throws: { ($0 as? MailFault)?.kind == .garbled }
        var endless = IMAPFraming(longestLiteral: 1_000)
        endless.append(Array("* 1 FETCH (BODY[] {99999999999999999999999}\r\n".utf8))
        #expect { _ = try endless.next() } throws: { ($0 as? MailFault)?.kind == .garbled }
    }

    private static func read(_ line: String) throws -> IMAPResponse {
        var framing = IMAPFraming(longestLiteral: 1_000)
        framing.append(Array("\(line)\r\n".utf8))
        return try IMAPResponse(try #require(try framing.next()))
    }
}
