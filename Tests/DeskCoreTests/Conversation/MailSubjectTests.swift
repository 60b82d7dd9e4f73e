import DeskCore
import Testing

@Suite struct MailSubjectTests {
    @Test(arguments: [
        ("Presupuesto", "Presupuesto"), ("Re: Presupuesto", "Presupuesto"), ("RE: RV: Fwd: Presupuesto", "Presupuesto"),
        ("Re[2]: Presupuesto", "Presupuesto"), ("Res: Enc: Orçamento", "Orçamento"), ("AW: WG: Angebot", "Angebot"),
        ("Reserva: mesa 4", "Reserva: mesa 4"), ("re :hola", "hola"), ("Re:", ""), ("  ", ""), ("Ref: 12/3", "12/3"),
        ("Urgente: Re: pago", "Urgente: Re: pago"),
    ])
    func theMarksOfAnsweringSayNothingOfTheSubject(subject: String, shared: String) {
        #expect(MailSubject.shared(subject) == shared)
    }

    @Test func aMailSaysItsSubjectFirst() {
        let mail = MailContent(subject: "Presupuesto")
        #expect(MessageContent(kind: .email, text: "Hola", mail: mail).firstWords == "Presupuesto — Hola")
        #expect(MessageContent(kind: .email, mail: mail).firstWords == "Presupuesto")
        #expect(MessageContent(kind: .email, text: "Hola", mail: MailContent(subject: "")).firstWords == "Hola")
        #expect(MessageContent(kind: .text, text: "Hola").firstWords == "Hola")
    }
}
