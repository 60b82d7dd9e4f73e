import MailFormat
import Testing

@Suite struct ReplyTests {
    /// What introduces the older mail, in the words of many programs.
    @Test(arguments: [
        "On Tue, 6 Oct 2026 at 09:15, Desk <desk@hotel.example> wrote:", "On 6 Oct 2026, at 09:15, Desk wrote:",
        "On Tue, 6 Oct 2026 at 09:15, Desk of the Hotel\n<desk@hotel.example> wrote:", "At 10/6/2026 09:15 AM, you wrote:",
        "El mar, 6 oct 2026 a las 9:15, Desk (<desk@hotel.example>) escribió:", "El 6/10/2026 a las 9:15, Desk escribió:",
        "Em ter., 6 de out. de 2026 às 09:15, Desk <desk@hotel.example> escreveu:",
        "Le mar. 6 oct. 2026 à 09:15, Desk <desk@hotel.example> a écrit :",
        "Am 06.10.2026 um 09:15 schrieb Desk:", "Desk <desk@hotel.example> schrieb am Di., 6. Okt. 2026,\n09:15:",
        "Il giorno mar 6 ott 2026 alle ore 09:15 Desk <desk@hotel.example> ha scritto:",
        "Op di 6 okt. 2026 om 09:15 schreef Desk <desk@hotel.example>:",
        "W dniu 06.10.2026 o 09:15, Desk pisze:", "Den 6 okt. 2026 kl. 09:15 skrev Desk <desk@hotel.example>:",
        "вт, 6 окт. 2026 г. в 09:15, Desk <desk@hotel.example> написал:",
        "2026年10月6日(火) 9:15 Desk <desk@hotel.example>:", "06.10.2026, 09:15, \"Desk\" <desk@hotel.example>:",
        "-----Original Message-----", "----- Mensaje original -----", "-----Ursprüngliche Nachricht-----",
        "________________________________\nFrom: Desk <desk@hotel.example>\nSent: Tuesday, October 6, 2026 9:15 AM\nTo: Ana\nSubject: Room",
        "De: Desk <desk@hotel.example>\nEnviado el: martes, 6 de octubre de 2026 9:15\nPara: Ana\nAsunto: Habitación",
        "*De:* Desk\n*Enviada em:* terça-feira, 6 de outubro de 2026 09:15\n*Para:* Ana\n*Assunto:* Quarto",
        "Von: Desk\nGesendet: Dienstag, 6. Oktober 2026 09:15\nAn: Ana\nBetreff: Zimmer",
    ])
    func whatStandsBelowAnIntroductionIsFolded(introduction: String) {
        let parts = ReplyTrimmer.parts(of: "Yes, two nights.\n\nThanks, Ana\n\n\(introduction)\n\nWe have a room.\nFor two?")
        #expect(parts.reply == "Yes, two nights.\n\nThanks, Ana")
        let quoted = ReplyTrimmer.parts(of: "Yes, two nights.\n\n\(introduction)\n> We have a room.\n>\n> For two?\n")
        #expect(quoted.reply == "Yes, two nights.")
    }

    @Test(arguments: ["Thanks for room 12.", "Gracias por el turno 1.", "I paid on 3 May.", "Somos 4", "ana@example.org escribe poco."])
    func aSentenceWithANumberIsNoPartOfTheIntroductionBelowIt(sentence: String) {
        let text = "\(sentence)\n\nEl lun, 3 nov 2026 a las 10:21, Marta <marta@laespiga.example> escribió:\n> Sí, a las 10.\n"
        #expect(ReplyTrimmer.parts(of: text).reply == sentence)
    }

    /// What looks like an introduction and is what somebody writes.
    @Test(arguments: [
        "On Monday your colleague wrote:\nwe have a room. Is that so?", "I need:\n- 2 towels\n- 1 bed",
        "From: Madrid\nTo: Lisbon\nOn Friday.",
        "From the airport, at 10:15, we take a taxi:\nis there one?",
        "On 12/05 I ordered 3 towels.\nOn 13/05 you wrote:\nthey are on their way.\nNothing came.",
        "Date: 5 May\nTwo people.", "Our order:\n-----\n2 beds\n-----\nIs it ready?", "if a > b then\n  > c",
        "Sent from my office the parcel went on Monday.\nWhere is it?",
        "Price is 10 --\nnot 12.", "Subject: my lost key\nIt is in room 12.", "The original message was lost.", "Best regards,\nAna",
        "A taxi please.\nFrom: Madrid\nTo: Lisbon\nDate: 5 May\nFor two people.",
        "I got this:\nFrom: x@y.example\nSubject: you won\nIs it yours?",
        "Yesterday at 10:15 your colleague wrote:\ncome tomorrow. So I came.", "Order 12345 for <ana@x.example>:\nplease cancel it.",
        "Your server said:\nRemote host 192.0.2.153 after RCPT TO:<ana@x.example>:\n550 5.1.1 unknown", "At 9:30 she said:\nno.",
        "The man at the desk <desk@hotel.example> told me:\nno problem.",
    ])
    func noWordOfTheCustomerIsLost(text: String) {
        #expect(ReplyTrimmer.parts(of: text).reply == text)
    }

    @Test func answersBetweenQuotesKeepTheirQuotes() {
        let text = "On 6 Oct 2026 at 09:15, Desk <d@x.example> wrote:\n> One or two beds?\n\nOne.\n\n> Breakfast?\n\nYes please."
        #expect(ReplyTrimmer.parts(of: text).reply == "> One or two beds?\n\nOne.\n\n> Breakfast?\n\nYes please.")
    }

    @Test func anAnswerBelowTheQuoteStays() {
        let text = "Hi,\n\nOn 6 Oct 2026 at 09:15, Desk <d@x.example> wrote:\n> One or two beds?\n\nOne is enough."
        let parts = ReplyTrimmer.parts(of: text)
        #expect(parts.reply == "Hi,\n\n\n\nOne is enough" + "." || parts.reply.hasSuffix("One is enough."))
        #expect(!parts.reply.contains("One or two beds?"))
    }

    @Test func whatIsForwardedAloneIsShown() {
        let text =
            "---------- Forwarded message ----------\nFrom: Bo <bo@x.example>\nDate: Tue, Oct 6, 2026\nSubject: Room\nTo: Ana\n\nThis is what Bo wrote."
        #expect(ReplyTrimmer.parts(of: text).reply == "This is what Bo wrote.")
    }

    @Test(arguments: [
        "-- \nAna Ruiz\n+34 600 111 222", "--\nAna Ruiz", "Sent from my iPhone", "Enviado desde mi iPhone", "Enviado do meu iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "__\nAna Ruiz, Madrid",
    ])
    func signaturesAreFolded(signature: String) {
        let parts = ReplyTrimmer.parts(
            of: "See you on Friday.\n\n\(signature)\n\nOn 6 Oct 2026 at 09:15, Desk <d@x.example> wrote:\n> Friday?")
        #expect(parts.reply == "See you on Friday.")
        #expect(Set(parts.blocks.map(\.kind)) == [.reply, .signature, .quoted])
    }

    @Test func everyLineIsInOneBlock() {
        let text = "Hello\n\n-- \nAna\n\nOn 6 Oct 2026 at 09:15, Desk <d@x.example> wrote:\n> Hi\n"
        #expect(ReplyTrimmer.parts(of: text).blocks.map(\.text).joined(separator: "\n") == text)
    }

    @Test(arguments: [
        "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Tue, 6 Oct 2026, Desk wrote:<br></div><blockquote class=\"gmail_quote\">Old</blockquote></div>",
        "<blockquote type=\"cite\">Old</blockquote>",
        "<div class=\"moz-cite-prefix\">On 6/10/26 Desk wrote:</div><blockquote cite=\"mid:x\">Old</blockquote>",
        "<div class=\"yahoo_quoted\">Old</div>",
        "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\">From: Desk</div><div>Old</div>",
        "<div class=\"OutlookMessageHeader\">From: Desk</div><div>Old</div>", "<div class='zmail_extra'>Old</div>",
        "<hr id='stopSpelling'>Date: yesterday<br>Old",
        "<div><b>From:</b> Desk &lt;d@x.example&gt;<br><b>Sent:</b> Tuesday<br><b>To:</b> Ana<br><b>Subject:</b> Room</div><p>Old</p>",
    ])
    func htmlIsFoldedByWhatItsProgramMarks(quote: String) {
        let parts = ReplyTrimmer.parts(ofHTML: "<html><body><div>Yes, <b>two</b> nights.</div>\(quote)</body></html>")
        #expect(parts.reply == "Yes, two nights.")
        #expect(parts.blocks.contains { $0.kind == .quoted && $0.text.contains("Old") })
    }

    @Test func aQuotationOfTheirOwnStaysInHTML() {
        #expect(
            ReplyTrimmer.parts(ofHTML: "You say: <blockquote>Breakfast is free</blockquote> Is it?").reply.contains("Breakfast is free"))
    }

    @Test func htmlThatIsNothingButAQuoteIsShown() {
        #expect(ReplyTrimmer.parts(ofHTML: "<blockquote type=cite>All there is</blockquote>").reply == "All there is")
    }
}
