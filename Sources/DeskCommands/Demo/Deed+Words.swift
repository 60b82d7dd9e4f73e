import DeskCore
import ProviderSimulators

/// Short words for stories, so that they read as what they tell.
extension Deed {
    /// The neighbour writes a text.
    /// - Parameters:
    ///   - minutes: since the deed before.
    ///   - quotes: whether it quotes our last message.
    static func says(_ text: String, after minutes: Int = 0, quotes: Bool = false, isForwarded: Bool = false) -> Deed {
        sends(.text(text), after: minutes, quotes: quotes, isForwarded: isForwarded)
    }

    /// The neighbour sends something else.
    static func sends(
        _ content: ContactMessage.Content, after minutes: Int = 0, quotes: Bool = false, isForwarded: Bool = false,
        referral: JSONValue? = nil
    ) -> Deed {
        var message = ContactMessage(content)
        message.isForwarded = isForwarded
        message.referral = referral
        return Deed(after: minutes, act: .writes(message, quotes: quotes))
    }

    /// The neighbour sends a picture.
    static func shows(_ picture: DemoFile, _ caption: String? = nil, after minutes: Int = 0) -> Deed {
        sends(.media(.image, picture.file, caption: caption), after: minutes)
    }

    /// A member answers.
    static func reply(
        _ person: DemoBusiness.Person, _ text: String, after minutes: Int, file: MediaFile? = nil, quotes: Bool = false,
        fate: Fate = .arrives
    ) -> Deed {
        Deed(after: minutes, act: .replies(person, Words(text: text, file: file, quotes: quotes), fate))
    }

    static func edits(_ text: String, after minutes: Int = 1) -> Deed { Deed(after: minutes, act: .edits(text)) }

    static func takesBack(after minutes: Int = 1) -> Deed { Deed(after: minutes, act: .takesBack) }

    static func reacts(_ emoji: String, after minutes: Int = 1) -> Deed { Deed(after: minutes, act: .reacts(emoji)) }

    static func byPhone(_ text: String, after minutes: Int) -> Deed { Deed(after: minutes, act: .answersByPhone(text)) }

    static func reactsByPhone(_ emoji: String, after minutes: Int = 1) -> Deed { Deed(after: minutes, act: .reactsByPhone(emoji)) }

    static func note(_ person: DemoBusiness.Person, _ text: String, after minutes: Int = 1) -> Deed {
        Deed(after: minutes, act: .notes(person, text))
    }

    static func takes(_ person: DemoBusiness.Person, after minutes: Int = 1) -> Deed { Deed(after: minutes, act: .takes(person)) }

    static func needsNone(_ person: DemoBusiness.Person, _ reason: String, after minutes: Int) -> Deed {
        Deed(after: minutes, act: .dismisses(person, reason: reason))
    }
}
