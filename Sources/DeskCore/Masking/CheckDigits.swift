/// Numbers that prove themselves: the last digits follow from the others, so that hardly any other number passes.
package enum CheckDigits {
    /// Payment cards (ISO/IEC 7812-1 annex B, “Luhn”).
    package static func isCard(_ digits: [Int]) -> Bool {
        guard (13...19).contains(digits.count), let first = digits.first, (2...6).contains(first) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, item in
            let doubled = item.offset.isMultiple(of: 2) ? item.element : item.element * 2
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum.isMultiple(of: 10)
    }

    /// International bank account numbers (ISO 13616-1): upper-case letters and digits without spaces.
    package static func isIBAN(_ text: some Sequence<Character>) -> Bool {
        let characters = Array(text)
        guard (15...34).contains(characters.count), characters[..<2].allSatisfy({ $0.isASCII && $0.isLetter }),
            characters[2...3].allSatisfy(\.isNumber)
        else { return false }
        let moved = characters[4...] + characters[..<4]
        var remainder = 0
        for character in moved {
            guard character.isASCII, let value = Int(String(character), radix: 36) else { return false }
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
        }
        return remainder == 1
    }

    /// Argentine account numbers, CBU and CVU (BCRA, communication A 2622): 22 digits in two blocks, each with its own check digit.
    package static func isCBU(_ digits: [Int]) -> Bool {
        guard digits.count == 22 else { return false }
        return check(digits[0..<7], [7, 1, 3, 9, 7, 1, 3]) == digits[7]
            && check(digits[8..<21], [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]) == digits[21]
    }

    /// Mexican account numbers, CLABE (Asociación de Bancos de México): 18 digits, weights 3, 7, 1.
    package static func isCLABE(_ digits: [Int]) -> Bool {
        guard digits.count == 18 else { return false }
        let sum = digits[..<17].enumerated().reduce(0) { $0 + ($1.element * [3, 7, 1][$1.offset % 3]) % 10 }
        return (10 - sum % 10) % 10 == digits[17]
    }

    /// Brazilian tax numbers of persons, CPF (Receita Federal): 11 digits, the last two modulo 11.
    package static func isCPF(_ digits: [Int]) -> Bool {
        guard digits.count == 11, Set(digits).count > 1 else { return false }
        return [9, 10].allSatisfy { length in
            let sum = digits[..<length].enumerated().reduce(0) { $0 + $1.element * (length + 1 - $1.offset) }
            return sum * 10 % 11 % 10 == digits[length]
        }
    }

    /// Spanish identity numbers, DNI and NIE (Ministerio del Interior): eight digits, or X, Y or Z and seven, and a letter modulo 23.
    package static func isDNI(_ text: some Sequence<Character>) -> Bool {
        let characters = Array(text)
        guard characters.count == 9, let letter = characters.last else { return false }
        let prefixes: [Character: String] = ["X": "0", "Y": "1", "Z": "2"]
        let first = prefixes[characters[0]] ?? String(characters[0])
        guard (first + characters[1..<8]).allSatisfy(\.isDigit), let number = Int(first + String(characters[1..<8])) else { return false }
        return Array("TRWAGMYFPDXBNJZSQVHLCKE")[number % 23] == letter
    }

    private static func check(_ digits: ArraySlice<Int>, _ weights: [Int]) -> Int {
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return (10 - sum % 10) % 10
    }
}
