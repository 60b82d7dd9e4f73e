/// A confidentiality text with places that are filled in: `{desk}`, `{principal}` and `{date}` when it is published, `{member}` for
/// each person who reads and signs it.
package enum AgreementText {
    package enum Placeholder: String, Hashable, Sendable, CaseIterable {
        case desk, principal, date, member
    }

    package static let longest = 100_000
    /// With its braces, in characters: looking further would take the square of the text's length.
    private static let longestPlaceholder = 12

    /// The text with what is known filled in, in one pass: what is filled in is not looked at again.
    package static func filled(_ template: String, _ values: [Placeholder: String]) -> String {
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            rest = rest[open...]
            guard let close = rest.prefix(longestPlaceholder).firstIndex(of: "}"),
                let value = Placeholder(rawValue: String(rest[rest.index(after: open)..<close])).flatMap({ values[$0] })
            else {
                text.append("{")
                rest.removeFirst()
                continue
            }
            text += value
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// - Throws: `invalid_request` for a text that nobody could sign.
    package static func require(_ text: String) throws(DeskError) {
        guard text.count(where: \.isLetter) >= 100, text.utf8.count <= longest else {
            throw DeskError(
                .invalidRequest, message: "An agreement has at least some sentences, and at most 100 kB. Nothing was published.")
        }
    }
}
