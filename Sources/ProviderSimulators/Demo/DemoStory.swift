/// What one contact wants: how they begin, and what they say when they are answered.
struct DemoStory: Hashable, Sendable {
    enum Language: String, Hashable, Sendable, CaseIterable { case spanish, portuguese, english }

    /// The first messages, a few seconds apart.
    let opening: [ContactMessage.Content]
    /// One for each answer that they get; after the last the matter is closed.
    let answers: [String]

    init(_ opening: String..., answers: [String]) {
        self.opening = opening.map(ContactMessage.Content.text)
        self.answers = answers
    }

    init(_ kind: MediaKind, caption: String? = nil, then text: String? = nil, answers: [String]) {
        opening = [.media(kind, nil, caption: caption)] + [text].compactMap(\.self).map(ContactMessage.Content.text)
        self.answers = answers
    }
}

/// Somebody of the cast.
struct DemoPerson: Hashable, Sendable {
    let name: String
    /// From the ranges that the authorities keep for fiction, or with a run of zeros. Nil for somebody known by username only.
    let phone: String?
    let username: String?
    let language: DemoStory.Language

    init(_ name: String, _ phone: String?, _ language: DemoStory.Language, username: String? = nil) {
        self.name = name
        self.phone = phone
        self.username = username
        self.language = language
    }

    static let everyone: [DemoPerson] = [
        DemoPerson("María José Ortega", "34600000011", .spanish),
        DemoPerson("Lucía Fernández", "34600000012", .spanish),
        DemoPerson("Joaquín Peña", "5491100000013", .spanish),
        DemoPerson("Thiago Almeida", "5511900000014", .portuguese),
        DemoPerson("Rocío Vidal", "34600000015", .spanish),
        DemoPerson("Emma Whitfield", "447700900116", .english),
        DemoPerson("Andrés Quispe", "51900000017", .spanish),
        DemoPerson("Beatriz Nogueira", "351910000018", .portuguese),
        DemoPerson("Valentina Rojas", nil, .spanish, username: "@valerojas"),
        DemoPerson("Don Ernesto", "525500000020", .spanish),
        DemoPerson("Jordan Blake", "12025550121", .english),
        DemoPerson("Iñaki Etxeberria", "34600000022", .spanish),
        DemoPerson("Camila Duarte", "5521900000023", .portuguese),
        DemoPerson("Nuria Bosch", "34600000024", .spanish),
        DemoPerson("Óscar Maldonado", "573000000025", .spanish),
        DemoPerson("Priya Raman", "447700900126", .english),
    ]
}
