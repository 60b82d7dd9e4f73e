import DeskCore
import Testing

/// Numbers that prove themselves. All are made up for this: their check digits were worked out apart from the code.
struct CheckDigitsTests {
    @Test(arguments: ["4111111111111111", "5555555555554444", "378282246310005", "2223000048410010", "6011000990139424"])
    func aCardIsKnown(number: String) {
        #expect(CheckDigits.isCard(digits(number)))
        everyOtherLastDigit(of: number) { #expect(!CheckDigits.isCard(digits($0)), "\($0)") }
    }

    @Test(arguments: ["0000000000000000", "1111111111111117", "9999999999999995", "411111111116", "41111111111111111116", ""])
    func whatNoCardBeginsWithOrHasTheLengthOfIsNone(number: String) {
        #expect(!CheckDigits.isCard(digits(number)))
    }

    @Test(arguments: ["ES6000491500051234567892", "PT50000201231234567890154", "DE89370400440532013000"])
    func anIBANIsKnown(number: String) {
        #expect(CheckDigits.isIBAN(number))
        everyOtherLastDigit(of: number) { #expect(!CheckDigits.isIBAN($0), "\($0)") }
        #expect(!CheckDigits.isIBAN(number.dropLast()))
        #expect(!CheckDigits.isIBAN(number.lowercased().prefix(1) + "S" + number.dropFirst(2) + "ñ"))
    }

    @Test(arguments: ["", "ES60", "6000491500051234567892ES", "ES60 0049 1500 0512 3456 7892", "ESXX00491500051234567892"])
    func whatIsNotWrittenAsAnIBANIsNone(text: String) {
        #expect(!CheckDigits.isIBAN(text))
    }

    @Test(arguments: ["2850590940090418135201", "0000003110001234567898"])
    func anArgentineAccountIsKnown(number: String) {
        #expect(CheckDigits.isCBU(digits(number)))
        everyOtherLastDigit(of: number) { #expect(!CheckDigits.isCBU(digits($0)), "\($0)") }
        everyOtherDigit(7, of: number) { #expect(!CheckDigits.isCBU(digits($0)), "\($0)") }
        #expect(!CheckDigits.isCBU(digits(number + "0")))
    }

    @Test(arguments: ["032180000118359719", "012900012345678901"])
    func aMexicanAccountIsKnown(number: String) {
        #expect(CheckDigits.isCLABE(digits(number)))
        everyOtherLastDigit(of: number) { #expect(!CheckDigits.isCLABE(digits($0)), "\($0)") }
        #expect(!CheckDigits.isCLABE(digits("0" + number)))
    }

    @Test(arguments: ["52998224725", "12345678909"])
    func aBrazilianTaxNumberIsKnown(number: String) {
        #expect(CheckDigits.isCPF(digits(number)))
        everyOtherLastDigit(of: number) { #expect(!CheckDigits.isCPF(digits($0)), "\($0)") }
        everyOtherDigit(9, of: number) { #expect(!CheckDigits.isCPF(digits($0)), "\($0)") }
    }

    @Test(arguments: ["00000000000", "11111111111", "1234567890", ""])
    func elevenEqualDigitsAreNoTaxNumber(number: String) {
        #expect(!CheckDigits.isCPF(digits(number)))
    }

    @Test(arguments: ["12345678Z", "87654321X", "01234567L", "X1234567L", "Y1234567X", "Z1234567R"])
    func aSpanishIdentityNumberIsKnown(number: String) {
        #expect(CheckDigits.isDNI(number))
        for letter in "TRWAGMYFPDXBNJZSQVHLCKE" where letter != number.last {
            #expect(!CheckDigits.isDNI(number.dropLast() + String(letter)))
        }
    }

    @Test(arguments: ["", "12345678", "12345678z", "W1234567L", "-1234567L", "+1234567L", "1234-678Z", "123456789", "XX234567L"])
    func whatIsNotWrittenAsAnIdentityNumberIsNone(text: String) {
        #expect(!CheckDigits.isDNI(text))
    }

    private func digits(_ text: String) -> [Int] { text.compactMap(\.wholeNumberValue) }

    private func everyOtherLastDigit(of number: String, _ body: (String) -> Void) { everyOtherDigit(number.count - 1, of: number, body) }

    private func everyOtherDigit(_ place: Int, of number: String, _ body: (String) -> Void) {
        var characters = Array(number)
        let right = characters[place]
        for digit in "0123456789" where digit != right {
            characters[place] = digit
            body(String(characters))
        }
    }
}
