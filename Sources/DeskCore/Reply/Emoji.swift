/// One emoji, as it is put on a message: exactly one character that people see as a picture.
package struct Emoji: Hashable, Sendable {
    /// Longer sequences than any emoji of Unicode 16 has, in bytes.
    private static let maximumBytes = 64
    private static let pictureSelector: Unicode.Scalar = "\u{FE0F}"

    package let text: String

    /// - Parameter text: as a person typed it; white space around it is dropped.
    /// - Throws: `not_an_emoji` for anything but one emoji.
    package init(_ text: String) throws(DeskError) {
        let trimmed = text.drop(while: \.isWhitespace)
        guard let character = trimmed.first, trimmed.dropFirst().allSatisfy(\.isWhitespace), Self.isEmoji(character) else {
            throw DeskError(.notAnEmoji, message: "A reaction is one emoji. Nothing was sent.")
        }
        self.text = String(character)
    }

    /// A sign that is usually text (a digit, ©) is an emoji only with the selector that asks for a picture.
    private static func isEmoji(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first, first.properties.isEmoji, character.utf8.count <= maximumBytes else {
            return false
        }
        return first.properties.isEmojiPresentation || character.unicodeScalars.contains(pictureSelector) || first.value > 0x2000
    }
}
