import DeskCore
import Testing

/// What is covered in a text, and what stays. Numbers and addresses are made up.
struct MaskTests {
    @Test(arguments: [
        "+54 9 11 4567-8901", "+5491145678901", "5491145678901", "011 4567-8901", "(011) 4567-8901", "011-4567-8901", "15 4567-8901",
        "11 4567 8901", "1145678901", "4567-8901", "+54 (11) 4567-8901", "0341 456-7890", "+54 9 2944 123456",
    ])
    func argentineTelephoneNumbersAreCovered(number: String) { expectCovered(number, leaving: 2) }

    @Test(arguments: [
        "+52 1 55 1234 5670", "+52 55 1234 5678", "5215512345670", "55 1234 5678", "(55) 1234-5678", "55-12-34-56-78", "8112345678",
    ])
    func mexicanTelephoneNumbersAreCovered(number: String) { expectCovered(number, leaving: 2) }

    @Test(arguments: [
        "+34 612 345 678", "0034 612 345 678", "612 345 678", "612345678", "612 34 56 78", "612.345.678", "91 123 45 67", "+34-612-345-678",
    ])
    func spanishTelephoneNumbersAreCovered(number: String) { expectCovered(number, leaving: 2) }

    @Test(arguments: [
        "+55 11 91234-5678", "(11) 91234-5678", "11 91234 5678", "5511912345678", "91234-5678", "+55 (11) 91234.5678", "0 11 91234-5678",
    ])
    func brazilianTelephoneNumbersAreCovered(number: String) { expectCovered(number, leaving: 2) }

    @Test(arguments: [
        "+351 912 345 678", "+1 (415) 555-0132", "+44\u{A0}20\u{A0}7946\u{A0}0958", "+٣٤ ٦١٢ ٣٤٥ ٦٧٨", "+34 612\u{2011}345\u{2011}678",
    ])
    func numbersOfElsewhereInAnySignsAreCovered(number: String) { expectCovered(number, leaving: 2) }

    @Test(arguments: [
        "4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005", "2850590940090418135201", "032180000118359719",
        "529.982.247-25", "52998224725", "ES60 0049 1500 0512 3456 7892", "es6000491500051234567892", "PT50.0002.0123.1234.5678.9015.4",
        "DE89370400440532013000", "12345678Z", "12.345.678-Z", "12345678-z", "X1234567L", "x-1234567-l",
    ])
    func whatProvesItselfByCheckDigitsIsCovered(number: String) { expectCovered(number, leaving: 4) }

    @Test(arguments: [
        ("ana.gomez@example.org", "a••.•••••@•••••••.•••"), ("x@y.es", "x@•.••"),
        ("María_2@correo.example.com", "M••••••@••••••.•••••••.•••"),
    ])
    func addressesKeepTheirFirstSignAndTheirShape(address: String, covered: String) {
        #expect(Mask.text("Escribime a \(address).") == "Escribime a \(covered).")
    }

    @Test(arguments: [
        "El 12/05/2026 a las 10:30", "2026-05-12 10:30", "12-05-2026 10:30", "12.05.2026", "1-5-2026", "del 12-05-2026 al 14-05-2026",
        "12-05-2026 - 14-05-2026", "12-05-26 10:30", "sale 1.250.000", "$ 12.500.000", "son 1.250.000,50", "12.500.000 de pesos",
        "pedido 1234567", "pedido n.º 48291", "de 9 a 18", "son 3 x 1500", "", "hola", "10:30", "a las 8 y 15", "@ana", "a@b", "3.14159",
        "+10 %", "-", "+", "@", "C4-1234567", "20 30 40",
    ])
    func datesTimesPricesAndShortNumbersStay(text: String) { #expect(Mask.text(text) == text) }

    @Test func everythingInATextIsCoveredAndTheRestStays() {
        let text = "Soy Ana: +54 9 11 4567-8901 o ana@example.org, DNI 12345678Z; pagué 1.250.000 el 12-05-2026 con 4111 1111 1111 1111."
        #expect(
            Mask.text(text)
                == "Soy Ana: +•• • •• ••••-••01 o a••@•••••••.•••, DNI •••••678Z; pagué 1.250.000 el 12-05-2026 con •••• •••• •••• 1111.")
    }

    @Test func whatIsFoundIsNamedAndDoesNotOverlap() {
        let text = "1145678901 ana@example.org 12345678Z ES6000491500051234567892 52998224725"
        let found = PersonalData.find(in: text)
        #expect(found.map(\.kind) == [.phone, .email, .dni, .iban, .cpf])
        for (one, next) in zip(found, found.dropFirst()) { #expect(one.range.upperBound <= next.range.lowerBound) }
    }

    @Test(arguments: ["Ana 🙋🏽‍♀️ 1145678901", "e\u{301}1145678901 é", "日本 1145678901", "\u{200F}1145678901", "\r\n1145678901\r\n"])
    func signsOfAnyKindAroundStandWhereTheyStood(text: String) {
        let covered = Mask.text(text)
        #expect(covered.count == text.count)
        #expect(zip(covered, text).allSatisfy { $0 == $1 || $0 == "•" })
    }

    @Test func coveringTwiceCoversNoMore() {
        let once = Mask.text("+54 9 11 4567-8901, ana@example.org, ES60 0049 1500 0512 3456 7892")
        #expect(Mask.text(once) == once)
    }

    /// Whoever writes must not be able to stop the desk: what grew with the square of the length would take hours here.
    @Test(
        .timeLimit(.minutes(2)),
        arguments: ["1", "1 ", "12-", "+", "+1", "@", "a@", "a@b.", "ES12 ", "AB12CD34 ", "a", "X1-", "(", "1.111."])
    func aLongTextTakesNoLongerThanItsLength(piece: String) {
        let text = String(repeating: piece, count: 100_000 / piece.count)
        #expect(Mask.text(text).count == text.count)
    }

    /// All but the last signs of a number are gone, alone and within a sentence.
    private func expectCovered(_ number: String, leaving rest: Int) {
        for (before, after) in [("", ""), ("Llamame al ", ", gracias"), ("tel:", "."), ("(", ")")] {
            let covered = Mask.text(before + number + after)
            #expect(covered.hasPrefix(before) && covered.hasSuffix(after), "\(covered)")
            let left = covered.dropFirst(before.count).dropLast(after.count).filter { $0.isLetter || $0.isNumber }
            #expect(left == number.filter { $0.isLetter || $0.isNumber }.suffix(rest), "\(covered)")
        }
    }
}
