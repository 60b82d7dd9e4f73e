/// What reads bytes from outside, one for each reader, with what must hold whatever the bytes are. That nothing falls is judged by
/// nothing falling.
enum FuzzTarget: String, CaseIterable, Sendable {
    /// A provider's request, as it is projected after its signature was right.
    case webhook
    /// JSON itself, in both of the parsers that read it.
    case json
    /// A place in a list, as somebody gives it back.
    case cursor
    /// What somebody searches for, in what somebody wrote.
    case search
    /// The header that signs a request, above the request.
    case signature
    /// A form's content type, above the form.
    case form
    /// The query of an address.
    case query
    /// What somebody wrote, as it is covered, taken apart and shown.
    case text
    /// A point in time.
    case time
    /// The head of a picture's file.
    case picture
    /// A mail, with its reply and its HTML.
    case mail

    /// - Throws: `Broken`.
    func judge(_ bytes: [UInt8]) throws {
        switch self {
        case .webhook: try ProviderJudge.webhook(bytes)
        case .json: try ProviderJudge.json(bytes)
        case .cursor: try ListJudge.cursor(bytes)
        case .search: try ListJudge.search(bytes)
        case .signature: try ProviderJudge.signature(bytes)
        case .form: try FormJudge.form(bytes)
        case .query: try FormJudge.query(bytes)
        case .text: try TextJudge.text(bytes)
        case .time: try TextJudge.time(bytes)
        case .picture: try FormJudge.picture(bytes)
        case .mail: try MailJudge.mail(bytes)
        }
    }
}

/// Something that must hold did not.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// - Throws: `Broken`.
    static func unless(_ holds: Bool, _ rule: @autoclosure () -> String) throws {
        guard holds else { throw Broken(rule()) }
    }
}

extension [UInt8] {
    /// As text, as it is read from a request: what is no UTF-8 is replaced.
    var asText: String { String(decoding: self, as: UTF8.self) }

    /// What is before the first line end, and what is after it.
    var headAndRest: (head: String, rest: [UInt8]) {
        let end = firstIndex(of: UInt8(ascii: "\n")) ?? endIndex
        return (Array(self[..<end]).asText, Array(self[end...].dropFirst()))
    }
}
