import Testing

@testable import DeskWeb

@Suite struct TextRunTests {
    @Test func stylesOfWhatsAppBecomeRuns() {
        let runs = TextRun.runs(of: "*hoy* _no_ ~ayer~ ```x = 1```")
        let space = TextRun(" ")
        let styled = [TextRun("hoy", .bold), TextRun("no", .italic), TextRun("ayer", .struck), TextRun("x = 1", .code)]
        #expect(runs == [styled[0], space, styled[1], space, styled[2], space, styled[3]])
    }

    @Test(arguments: ["2*3*4", "un_nombre_largo", "* lista", "*sin cerrar", "~ ~", "``````", "***"])
    func whatIsNotAStyleStaysAsWritten(text: String) {
        #expect(TextRun.runs(of: text) == [TextRun(text)])
    }

    @Test func addressesBecomeLinksWithoutThePunctuationAround() {
        let runs = TextRun.runs(of: "Ver (https://ejemplo.com/a?b=1).")
        #expect(runs.map(\.text) == ["Ver (", "https://ejemplo.com/a?b=1", ")."])
        #expect(runs.map(\.url) == [nil, "https://ejemplo.com/a?b=1", nil])
    }

    @Test(arguments: ["javascript:alert(1)", "xhttps://ejemplo.com", "https://", "data:text/html,x"])
    func onlyWebAddressesBecomeLinks(text: String) {
        #expect(TextRun.runs(of: text).allSatisfy { $0.url == nil })
    }

    @Test func foundWordsAreMarked() {
        let runs = TextRun.excerpt("la \u{2068}factura\u{2069} de \u{2068}enero\u{2069}")
        #expect(runs == [TextRun("la "), TextRun("factura", .mark), TextRun(" de "), TextRun("enero", .mark)])
    }

    @Test func aVeryLongMessageIsReadInReasonableTime() {
        let text = String(repeating: "*a _b ~c `", count: 10_000)
        let took = ContinuousClock().measure { _ = TextRun.runs(of: text) }
        #expect(took < .seconds(20))
    }
}
