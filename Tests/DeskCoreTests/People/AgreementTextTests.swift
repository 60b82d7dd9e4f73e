import DeskCore
import Testing

/// The agreement's text with the names of those whom it binds.
struct AgreementTextTests {
    private let values: [AgreementText.Placeholder: String] = [.desk: "Ferretería Sur", .principal: "Jefa", .date: "2026-05-12"]

    @Test(arguments: [
        ("{principal} de {desk}", "Jefa de Ferretería Sur"), ("{desk}{desk}", "Ferretería SurFerretería Sur"), ("sin nada", "sin nada"),
        ("", ""), ("{date}.", "2026-05-12."),
    ])
    func namesAreFilledIn(template: String, text: String) {
        #expect(AgreementText.filled(template, values) == text)
    }

    /// Who signs is known later.
    @Test func whatIsNotKnownYetStays() {
        let once = AgreementText.filled("{member} y {principal}", values)
        #expect(once == "{member} y Jefa")
        #expect(AgreementText.filled(once, [.member: "Ana"]) == "Ana y Jefa")
    }

    @Test(arguments: [
        "{", "}", "{}", "{desk", "desk}", "{Desk}", "{ desk }", "{price}", "{{", "{a{b}c}", "{desk\n}", "}{",
    ])
    func bracesThatMeanNothingStay(template: String) {
        #expect(AgreementText.filled(template, values) == template)
    }

    @Test func aPlaceWithinOtherBracesIsFilled() {
        #expect(AgreementText.filled("{{desk}}", values) == "{Ferretería Sur}")
        #expect(AgreementText.filled("{x {date}", values) == "{x 2026-05-12")
    }

    /// A desk that calls itself `{principal}` stays so: what is filled in is not looked at again.
    @Test func whatWasFilledInIsNotLookedAtAgain() {
        #expect(AgreementText.filled("{desk} {principal}", [.desk: "{principal}", .principal: "{desk}"]) == "{principal} {desk}")
    }

    @Test(.timeLimit(.minutes(1)))
    func manyBracesTakeNoLongerThanTheirNumber() {
        let braces = String(repeating: "{", count: AgreementText.longest)
        #expect(AgreementText.filled(braces, values) == braces)
    }

    @Test func aTextThatSaysSomethingMayBePublished() throws {
        try AgreementText.require(String(repeating: "a", count: 100))
        try AgreementText.require(String(repeating: "a", count: AgreementText.longest))
    }

    @Test(arguments: ["", String(repeating: "a", count: 99), String(repeating: " .1", count: 500), String(repeating: "ñ", count: 50_001)])
    func aTextThatSaysNothingOrNeverEndsMayNot(text: String) {
        let thrown = #expect(throws: DeskError.self) { try AgreementText.require(text) }
        #expect(thrown?.code == .invalidRequest)
    }
}
