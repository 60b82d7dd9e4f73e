/// What a conversation is about, and so whose it is.
package enum Topic: String, Hashable, Sendable, Codable, CaseIterable {
    case sales, support, complaint, brand, appointment, personal, admin, finance, job, greeting, thanks, spam
}
