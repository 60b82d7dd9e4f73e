import DeskCore
import Testing

/// The frame of a mail that answers another one.
@Suite struct MailReplyTests {
    private static let ana = MailParty(name: "Ana", address: "ana@cliente.example")
    private static let own = MailParty(address: "marta@laespiga.example")
    private static let asked = MailContent(
        subject: "Paños", from: [ana], to: [own, MailParty(name: "Luis", address: "Luis@cliente.example")],
        cc: [MailParty(address: "eva@otro.example")], messageID: "a2@x", references: ["a0@x", "a1@x"])

    private static func frame(
        of mail: MailContent = asked, copies: [String] = [], repeating original: String = "¿Hay pan?"
    ) throws(DeskError) -> MailContent {
        try MailReply.content(
            answering: mail, text: "Sí.", to: ana, copies: copies, from: own, introduction: "Ana escribió:", repeating: original)
    }

    @Test func itGoesToTheContactAlone() throws {
        let frame = try Self.frame()
        #expect(frame.to == [Self.ana])
        #expect(frame.cc == [])
        #expect(frame.from == [Self.own])
    }

    @Test func othersGetItOnlyIfTheyWereChosen() throws {
        #expect(try Self.frame(copies: ["luis@CLIENTE.example"]).cc.map(\.address) == ["Luis@cliente.example"])
    }

    @Test(arguments: ["notario@lejos.example", ""])
    func nobodyElseCanBeGiven(address: String) {
        let error = #expect(throws: DeskError.self) { try Self.frame(copies: [address]) }
        #expect(error?.code == .wrongRecipient)
    }

    @Test(arguments: [
        ("Paños", "Re: Paños"), ("Re: Paños", "Re: Paños"), ("RE: re: Paños", "Re: Paños"), ("Re[2]: Paños", "Re: Paños"),
        ("AW: Paños", "Re: Paños"), ("", "Re:"), ("Repuestos: precio", "Re: Repuestos: precio"), ("Re", "Re: Re"), ("10:30", "Re: 10:30"),
    ])
    func theSubjectSaysOnceThatItIsAnAnswer(subject: String, answer: String) throws {
        var mail = Self.asked
        mail.subject = subject
        #expect(try Self.frame(of: mail).subject == answer)
    }

    @Test func theThreadGoesOnAndAVeryLongOneKeepsItsBeginning() throws {
        #expect(try Self.frame().references == ["a0@x", "a1@x", "a2@x"])
        var long = Self.asked
        long.references = (0..<40).map { "r\($0)@x" }
        let references = try Self.frame(of: long).references
        #expect(references.count == 20)
        #expect(references.first == "r0@x")
        #expect(references.last == "a2@x")
    }

    @Test func whatIsAnsweredStandsBelow() throws {
        let blocks = try Self.frame(repeating: "¿Hay pan?\n> antes").blocks
        #expect(blocks == [MailBlock(.reply, "Sí."), MailBlock(.quoted, "Ana escribió:\n> ¿Hay pan?\n>> antes")])
        #expect(try Self.frame(repeating: " \n").blocks == [MailBlock(.reply, "Sí.")])
    }

    @Test func everybodyIsNamedOnce() {
        var mail = Self.asked
        mail.cc += [Self.ana, MailParty(address: "LUIS@cliente.example")]
        let people = MailReply.people(in: mail, without: [Self.own.key, Self.ana.key])
        #expect(people.map(\.key) == ["luis@cliente.example", "eva@otro.example"])
    }

    @Test(arguments: [
        ("es", "El 22/11/2026 a las 10:21, Ana <ana@cliente.example> escribió:"),
        ("pt-BR", "Em 22/11/2026 às 10:21, Ana <ana@cliente.example> escreveu:"),
        ("en", "On 2026-11-22 at 10:21, Ana <ana@cliente.example> wrote:"),
    ])
    func theLineAboveIsInTheDesksLanguage(language: String, line: String) {
        #expect(QuoteIntroduction.text(in: language, author: Self.ana, date: "2026-11-22", time: "10:21") == line)
    }
}
