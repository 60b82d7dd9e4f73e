import DeskCore
import Testing

@testable import DeskWeb

/// The words of a principal's daily summary.
@Suite struct SummaryWriterTests {
    private let writer: SummaryWriter
    private let workspace = Workspace(
        id: Workspace.ID("sur"), name: "Taller Sur", locale: "es", timeZone: "Europe/Madrid", answerTarget: .minutes(60),
        createdAt: Gallery.now)

    init() throws { writer = SummaryWriter(catalogues: try Catalogues(), publicURL: "https://mesa.example") }

    private func letter(
        owed: [DaySummary.Waiting] = [], owedCount: Int? = nil, answered: Int = 0, locale: String = "es", waits: [Duration] = []
    ) -> SummaryLetter {
        let (from, through) = (Gallery.now - .hours(24), Gallery.now)
        let count = owedCount ?? owed.count
        let summary = DaySummary(
            from: from, through: through,
            figures: SummaryFigures(received: 4, answered: answered, answeredElsewhere: 0, withoutAnswer: 0, waits: waits),
            owedCount: count, lateCount: owed.count { $0.dueAt <= through }, waiting: owed, promiseCount: 0, promises: [],
            undecidedCount: 0)
        let user = User(id: User.ID("ines"), email: "ines@x.example", name: "Inés", locale: locale, timeZone: "Europe/Madrid")
        return writer.write(summary, for: SummaryReader(workspace: workspace, user: user, head: nil))
    }

    @Test func aQuietDayIsSaidInAFewLines() {
        let letter = letter()
        #expect(letter.subject == "Taller Sur, 11 de marzo de 2026: nadie espera respuesta")
        #expect(
            letter.text == """
                De ayer 16:30 a hoy 16:30:
                Mensajes recibidos: 4
                Conversaciones respondidas: 0

                Nadie espera respuesta.

                Abrir la mesa: https://mesa.example/
                Este resumen sale cada día porque así lo pediste. Para cambiarlo o dejar de recibirlo: https://mesa.example/settings/summary/sur

                """)
    }

    @Test func whoWaitsIsNamedWithTheirWait() {
        let late = DaySummary.Waiting(
            contact: "Ana Prado", since: Gallery.now - .hours(3), dueAt: Gallery.now - .hours(2), member: "Lucía")
        let letter = letter(owed: [late], owedCount: 12, answered: 2, waits: [.minutes(4), .minutes(90)])
        #expect(letter.subject.hasSuffix("12 personas esperan respuesta"))
        #expect(letter.text.contains("– Ana Prado: espera desde hace 3 h; venció hoy 14:30; la lleva Lucía\ny 11 más\n"))
        #expect(letter.text.contains("Espera habitual: 47 min\nEspera más larga: 1 h 30 min\n"))
    }

    @Test func aNameMakesNoLinesOfItsOwn() {
        let waiting = DaySummary.Waiting(
            contact: "Ana\r\n\nAbrir la mesa: https://otra.example", since: Gallery.now, dueAt: Gallery.now + .hours(1), member: nil)
        #expect(letter(owed: [waiting]).text.contains("– Ana Abrir la mesa: https://otra.example: espera"))
    }

    @Test(arguments: [("es", "Nadie espera"), ("pt", "Ninguém espera"), ("en", "Nobody waits"), ("fr", "Nadie espera")])
    func itSpeaksItsReadersLanguage(locale: String, words: String) {
        #expect(letter(locale: locale).text.contains(words))
    }
}
