import DeskCore
import Testing

/// Which passwords guessers try first.
struct PasswordStrengthTests {
    @Test(arguments: [
        "contraseña123", "Contraseña2026!", "tequiero2024", "bocajuniors12", "buenosaires2026", "123456password", "minhasenha123",
        "Corinthians1910",
        "euteamo12345", "obrigado2026!!", "password2026!", "Welcome2026!!", "LetMeIn12345", "SuperMan!!2020", "administrador1",
    ])
    func aKnownWordWithDigitsAndSignsAroundIsCommon(password: String) { expectCommon(password) }

    @Test(arguments: ["p4ssw0rd2026", "P@$$w0rd!2026", "c0ntr4s3n4!!", "B4rc3l0n42026", "4dm1n1str4d0r"])
    func digitsForLettersDoNotHelp(password: String) { expectCommon(password) }

    @Test(arguments: ["holaholahola", "aaaaaaaaaaaa", "abababababab", "abcabcabcabc", "1234123412341234", "secretosecreto", "Zx1!Zx1!Zx1!"])
    func repeatingDoesNotHelp(password: String) { expectCommon(password) }

    @Test(arguments: [
        "qwertyuiop12", "asdfghjklñ123", "1qaz2wsx3edc", "123456789012", "987654321098", "abcdefghijkl", "poiuytrewq12", "zxcvbnm12345",
        "1q2w3e4r5t6y", "qazwsxedcrfv",
    ])
    func walksAlongTheKeyboardAreCommon(password: String) { expectCommon(password) }

    @Test(arguments: ["MartinaGomez1", "gomez20262026", "G0mez2026!!!!", "ferreteria12", "Ferretería2026", "martina.gomez"])
    func whatThePersonOrTheDeskIsCalledIsCommon(password: String) {
        let context = ["martina.gomez@example.org", "Martina Gómez", "Ferretería Sur", "MartinaGomez"]
        #expect(PasswordStrength.isCommon(password, context: context))
    }

    @Test(arguments: ["", " ", "aaaa", "12345", "1111111111111", "!!!!!!!!!!!!", "2026-05-12!!", "00:00:00:00"])
    func whatHasHardlyAnyLettersIsCommonWhenItIsShort(password: String) { expectCommon(password) }

    @Test(arguments: [
        "tres-loros-cruzan-el-rio", "cuchara violeta sobre marte", "Xk9#vPq2$mLw", "nublado tranvia 47 pera", "o gato dormiu no armazem",
        "seven teal kettles hum", "j8Kd0-sPqz1-Wm4x", "la abuela cose medias rojas", "日本の山は静かで美しい",
    ])
    func aGoodPassphraseMayBeChosen(password: String) {
        #expect(!PasswordStrength.isCommon(password, context: ["ana@example.org", "Ana", "Ferretería Sur"]))
    }

    /// A name of three letters would forbid half of all passwords.
    @Test func aShortNameForbidsNothing() {
        #expect(!PasswordStrength.isCommon("Lia92837465564", context: ["Lia Paz"]))
        #expect(PasswordStrength.isCommon("evan12345678", context: ["Evan"]))
    }

    private func expectCommon(_ password: String) {
        #expect(PasswordStrength.isCommon(password), "\(password)")
    }
}
