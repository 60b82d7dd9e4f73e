/// A stretch of a text by which somebody could be reached, paid or identified.
package struct PersonalData: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case phone, email, card, iban, cbu, clabe, cpf, dni
    }

    package let kind: Kind
    /// Places of characters, counted from 0.
    package let range: Range<Int>

    /// Everything of that kind in a text, from left to right, without overlaps. Takes time in proportion to the text's length.
    package static func find(in text: String) -> [PersonalData] {
        find(in: Array(text))
    }

    static func find(in characters: [Character]) -> [PersonalData] {
        var found: [PersonalData] = []
        var place = 0
        while place < characters.count {
            if let next = data(at: place, in: characters, after: found.last?.range.upperBound ?? 0) {
                found.append(next)
                place = next.range.upperBound
            } else {
                place = NumberScan(characters).dateEnd(at: place) ?? place + 1
            }
        }
        return found
    }

    private static func data(at place: Int, in characters: [Character], after floor: Int) -> PersonalData? {
        let character = characters[place]
        if character == "@" { return EmailScan(characters).address(around: place, after: floor) }
        guard place == 0 || !characters[place - 1].isLetterOrDigit else { return nil }
        if character.isASCII, character.isLetter { return LetteredScan(characters).number(at: place) }
        guard character.isDigit || character == "+" else { return nil }
        return LetteredScan(characters).number(at: place) ?? NumberScan(characters).number(at: place)
    }
}

extension Character {
    var digit: Int? { isASCII || isNumber ? wholeNumberValue.flatMap { (0...9).contains($0) ? $0 : nil } : nil }
    var isDigit: Bool { digit != nil }
    var isLetterOrDigit: Bool { isLetter || isNumber }
}

/// Looks for e-mail addresses.
private struct EmailScan {
    private static let longest = 254
    private let characters: [Character]

    init(_ characters: [Character]) { self.characters = characters }

    func address(around place: Int, after floor: Int) -> PersonalData? {
        var start = place
        while start > max(floor, place - Self.longest), isLocal(characters[start - 1]) { start -= 1 }
        var end = place + 1
        while end < min(characters.count, place + Self.longest), isDomain(characters[end]) { end += 1 }
        while end > place + 1, !characters[end - 1].isLetterOrDigit { end -= 1 }
        let domain = characters[(place + 1)..<end]
        guard start < place, domain.contains("."), domain.first?.isLetterOrDigit == true else { return nil }
        return PersonalData(kind: .email, range: start..<end)
    }

    private func isLocal(_ character: Character) -> Bool { character.isLetterOrDigit || "._%+-'".contains(character) }
    private func isDomain(_ character: Character) -> Bool { character.isLetterOrDigit || ".-".contains(character) }
}

/// Looks for numbers with letters among them: IBAN, DNI and NIE.
private struct LetteredScan {
    private let characters: [Character]

    init(_ characters: [Character]) { self.characters = characters }

    func number(at place: Int) -> PersonalData? {
        let token = token(at: place)
        for length in stride(from: token.count, through: 9, by: -1) {
            let end = token[length - 1].place + 1
            guard end == characters.count || !characters[end].isLetterOrDigit else { continue }
            let text = token[..<length].map(\.character)
            if length >= 15, CheckDigits.isIBAN(text) { return PersonalData(kind: .iban, range: place..<end) }
            if length == 9, CheckDigits.isDNI(text) { return PersonalData(kind: .dni, range: place..<end) }
        }
        return nil
    }

    /// Letters and digits from a place on, in upper case, over single spaces, dots and hyphens: at most as many as an IBAN has.
    private func token(at start: Int) -> [(character: Character, place: Int)] {
        var token: [(character: Character, place: Int)] = []
        var place = start
        while place < characters.count, token.count < 34 {
            let character = characters[place]
            if character.isASCII, character.isLetterOrDigit {
                token.append((Character(character.uppercased()), place))
            } else if !" .-".contains(character) || token.last?.place != place - 1 {
                break
            }
            place += 1
        }
        return token
    }
}

/// Looks for numbers of digits alone, in the groups in which people write them.
private struct NumberScan {
    private struct Group {
        var digits: [Int]
        var range: Range<Int>
    }

    private static let mostGroups = 12
    private let characters: [Character]

    init(_ characters: [Character]) { self.characters = characters }

    /// The longest that proves itself, else what may be a telephone number.
    func number(at place: Int) -> PersonalData? {
        let isInternational = characters[place] == "+"
        let groups = groups(from: isInternational ? place + 1 : place)
        guard let first = groups.first, !isInternational || first.range.lowerBound <= place + 2 else { return nil }
        for count in stride(from: groups.count, through: 1, by: -1) {
            let digits = groups[..<count].flatMap(\.digits)
            if let kind = proven(digits) { return PersonalData(kind: kind, range: place..<groups[count - 1].range.upperBound) }
        }
        return phone(groups, isInternational: isInternational).map { place..<$0 }.map { PersonalData(kind: .phone, range: $0) }
    }

    private func proven(_ digits: [Int]) -> PersonalData.Kind? {
        if CheckDigits.isCBU(digits) { return .cbu }
        if CheckDigits.isCLABE(digits) { return .clabe }
        if CheckDigits.isCard(digits) { return .card }
        return CheckDigits.isCPF(digits) ? .cpf : nil
    }

    /// Where a date ends that begins at a place; nil for none.
    func dateEnd(at place: Int) -> Int? {
        guard characters[place].isDigit, place == 0 || !characters[place - 1].isLetterOrDigit else { return nil }
        let groups = groups(from: place).prefix(3)
        return isDate(groups) ? groups.last?.range.upperBound : nil
    }

    /// - Returns: where it ends. Dates and prices are none: people write them with the same signs.
    private func phone(_ groups: [Group], isInternational: Bool) -> Int? {
        guard isInternational || !isDate(groups.prefix(3)) else { return nil }
        var count = 0
        var end: Int?
        for (index, group) in groups.enumerated() {
            count += group.digits.count
            guard count <= 15 else { break }
            if count >= (isInternational ? 7 : 8), !isAmount(groups[...index]) {
                end = group.range.upperBound
            }
        }
        return end
    }

    /// Day, month and year, or the other way round. Whatever no calendar has may be a telephone number.
    private func isDate(_ groups: ArraySlice<Group>) -> Bool {
        let lengths = groups.map(\.digits.count)
        let isYearFirst = lengths.first == 4
        guard lengths.count == 3, lengths[isYearFirst ? 0 : 2] == 4,
            (isYearFirst ? lengths.dropFirst() : lengths.dropLast()).max() ?? 0 <= 2
        else { return false }
        let values = groups.map { $0.digits.reduce(0) { $0 * 10 + $1 } }
        let (year, others) = isYearFirst ? (values[0], values[1...]) : (values[2], values[..<2])
        return (1900..<2100).contains(year) && (1...12).contains(others.min() ?? 0) && (1...31).contains(others.max() ?? 0)
    }

    /// Thousands in groups of three, parted by dots. Nine digits that begin as mobile numbers of Spain and Portugal do are none.
    private func isAmount(_ groups: ArraySlice<Group>) -> Bool {
        guard let first = groups.first, groups.count > 1, first.digits.count <= 3 else { return false }
        guard groups.count != 3 || first.digits.count != 3 || first.digits[0] < 6 else { return false }
        let hasDots = groups.dropFirst().allSatisfy { characters[$0.range.lowerBound - 1] == "." }
        return hasDots && groups.dropFirst().allSatisfy { $0.digits.count == 3 }
    }

    private func groups(from start: Int) -> [Group] {
        var groups: [Group] = []
        var place = start
        while place < characters.count, groups.count < Self.mostGroups {
            var group = Group(digits: [], range: place..<place)
            while place < characters.count, let digit = characters[place].digit, group.digits.count < 40 {
                group.digits.append(digit)
                place += 1
            }
            guard !isHour(group, endingAt: place) else { break }
            group.range = group.range.lowerBound..<place
            if !group.digits.isEmpty { groups.append(group) }
            guard let next = separatorEnd(from: place) else { break }
            place = next
        }
        return groups
    }

    private func isHour(_ group: Group, endingAt end: Int) -> Bool {
        group.digits.count <= 2 && end + 1 < characters.count && characters[end] == ":" && characters[end + 1].isDigit
    }

    /// Where the digits go on after at most three signs that may stand within a number.
    private func separatorEnd(from place: Int) -> Int? {
        var place = place
        let start = place
        while place < characters.count, place - start < 3, " .-()\u{A0}\u{2011}".contains(characters[place]) { place += 1 }
        return place > start && place < characters.count && characters[place].isDigit ? place : nil
    }
}
