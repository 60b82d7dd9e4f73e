/// For how long a workspace keeps what people wrote: as short as its purpose allows, and no shorter than the law wants.
package struct Retention: Hashable, Sendable {
    /// Until somebody says otherwise, everything is kept.
    package static let everything = Retention(conversationDays: nil, rawEventDays: nil)
    package static let longestDays = 3_650

    /// Days after the last word of a conversation in which nothing is owed, until its contact is erased; nil keeps them.
    package let conversationDays: Int?
    /// Days that a provider's requests are kept as they came, after they were understood; nil keeps them.
    package let rawEventDays: Int?

    package init(conversationDays: Int?, rawEventDays: Int?) {
        self.conversationDays = conversationDays
        self.rawEventDays = rawEventDays
    }

    /// - Throws: `invalid_request` for days out of range: 1 to 3,650.
    package func requireSensible() throws(DeskError) {
        let isSensible = [conversationDays, rawEventDays].compactMap(\.self).allSatisfy { (1...Self.longestDays).contains($0) }
        guard isSensible else {
            throw DeskError(.invalidRequest, message: "Days are 1 to \(Self.longestDays). Nothing was changed.")
        }
    }
}
