import DeskCore
import Testing

@testable import DeskWeb

/// How a mail reads on the screen.
@Suite struct MailViewTests {
    private let renderer: PageRenderer
    private let wording: Wording
    private let gallery: Gallery

    init() throws {
        renderer = try PageRenderer()
        gallery = Gallery(language: .spanish, catalogues: renderer.catalogues)
        wording = gallery.wording
    }

    private let carla = MailParty(name: "Carla", address: "carla@ejemplo.com")
    private let desk = MailParty(address: "hola@sur.example")

    private func html(_ mail: MailContent, text: String = "Hola", isOurs: Bool = false, showsSubject: Bool = false) throws -> String {
        let bubble = MessageBubble(
            id: "m1", direction: isOurs ? .outbound(authorName: "Lucía") : .inbound(contactName: "Carla"),
            content: MessageContent(kind: .email, text: text, mail: mail), sentAt: Gallery.now, showsSubject: showsSubject, wording: wording
        )
        return try renderer.renderPartial(bubble, context: gallery.context())
    }

    @Test func everyWordOfTheCustomerIsThereFoldedOrNot() throws {
        let blocks = [
            MailBlock(.reply, "Uno <b>"), MailBlock(.quoted, "> dos"), MailBlock(.reply, "*tres*"), MailBlock(.signature, "Carla\n341 555"),
        ]
        let html = try html(MailContent(subject: "x", from: [carla], blocks: blocks))
        for words in ["Uno &lt;b&gt;", "&gt; dos", "*tres*", "341 555"] { #expect(html.contains(words), "\(words)") }
        #expect(html.contains("<summary>Texto citado (1 línea)</summary>") && html.contains("<summary>Firma</summary>"))
        #expect(!html.contains("<strong>tres"))
    }

    @Test func whatIsOnlyQuotedIsNotFolded() throws {
        let html = try html(MailContent(subject: "x", blocks: [MailBlock(.reply, " \n"), MailBlock(.quoted, "> dos")]), text: "")
        #expect(html.contains("<details class=\"mail__fold\" open>"))
    }

    @Test func theSubjectIsToldWhereItChanges() throws {
        let mail = MailContent(subject: "Presupuesto")
        #expect(try html(mail, showsSubject: true).contains(">Presupuesto</h2>"))
        #expect(try !html(mail).contains("</h2>"))
        #expect(try html(MailContent(subject: ""), showsSubject: true).contains("(sin asunto)"))
    }

    @Test func ourOwnMailNamesEverybodyWhoGetsIt() throws {
        let others = (1...6).map { MailParty(address: "p\($0)@ejemplo.com") }
        let mail = MailContent(subject: "x", from: [desk], to: [carla], cc: others)
        let line = MailView(mail, text: "", messageID: "m", isInbound: false, showsSubject: false, wording: wording).partiesLine
        #expect(line == "Para Carla · Con copia a " + others.map(\.address).joined(separator: ", "))
        let received = MailView(mail, text: "", messageID: "m", isInbound: true, showsSubject: false, wording: wording)
        #expect(received.partiesLine.hasSuffix("Con copia a p1@ejemplo.com, p2@ejemplo.com y 4 más"))
        #expect(received.parties.map(\.people.count) == [1, 1, 6])
    }

    @Test func aNameThatFeignsAnAddressIsNotRepeated() {
        let mail = MailContent(subject: "x", from: [MailParty(name: "jefe@banco.example", address: "otro@evil.example")])
        let view = MailView(mail, text: "", messageID: "m", isInbound: true, showsSubject: false, wording: wording)
        #expect(view.partiesLine == "De otro@evil.example")
    }

    @Test(arguments: MailWarning.allCases)
    func everyWarningHasItsWords(warning: MailWarning) throws {
        let mail = MailContent(subject: "x", from: [carla], replyTo: [MailParty(address: "otra@otro.example")], warnings: [warning])
        let view = MailView(mail, text: "", messageID: "m", isInbound: true, showsSubject: false, wording: wording)
        #expect(view.warnings.count == 1 && view.warnings[0].count > 40 && !view.warnings[0].contains("mail.warning"))
        #expect(!view.warnings[0].contains("{"))
    }

    @Test(arguments: MailAutomation.allCases)
    func ofEveryAutomaticMailItIsToldThatNobodyWaits(automation: MailAutomation) throws {
        let view = MailView(
            MailContent(subject: "x", automation: automation), text: "", messageID: "m", isInbound: true, showsSubject: false,
            wording: wording)
        #expect(view.marks.count == 1 && view.marks[0].lowercased().contains("nadie espera contestación"))
    }

    @Test func theDesignIsLoadedOnlyWhenItIsUnfolded() throws {
        let html = try html(MailContent(subject: "x", from: [carla], hasHTML: true, remoteImages: 3, source: "f00d"))
        let frame = try #require(html.firstMatch(of: /<iframe[^>]*>/)).output
        #expect(frame.contains("loading=\"lazy\"") && frame.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""))
        #expect(html.contains("href=\"/messages/m1/mail?images=1\" target=\"mail-m1\">Cargar 3 imágenes de otros sitios</a>"))
        #expect(html.contains("href=\"/messages/m1/source\""))
        let none = try self.html(MailContent(subject: "x", from: [carla], hasHTML: true, remoteImages: 0))
        #expect(!none.contains("?images=1") && !none.contains("/source"))
        #expect(try !self.html(MailContent(subject: "x", from: [carla])).contains("<iframe"))
    }

    @Test func whoSentItIsSaidInWords() {
        let results = MailAuthentication(dmarc: "fail", spf: "softfail", dkim: "odd", server: "mx.sur.example")
        let mail = MailContent(subject: "x", from: [carla], authentication: results)
        let sender = MailView(mail, text: "", messageID: "m", isInbound: true, showsSubject: false, wording: wording).sender
        #expect(sender?.facts.map(\.value) == ["No", "Probablemente no", "odd"] && sender?.words.contains("mx.sur.example") == true)
        let silent = MailView(MailContent(subject: "x"), text: "", messageID: "m", isInbound: true, showsSubject: false, wording: wording)
        #expect(silent.sender?.facts.isEmpty == true)
        #expect(MailView(mail, text: "", messageID: "m", isInbound: false, showsSubject: false, wording: wording).sender == nil)
    }
}
