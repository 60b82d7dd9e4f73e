import Testing

@testable import DeskWeb

@Suite struct LanguageTests {
    @Test(
        arguments: [
            ("en", "pt-BR,pt;q=0.9", "es", Language.english),
            (nil, "pt-BR,pt;q=0.9,en;q=0.8", "es", .portuguese),
            (nil, "de, en;q=0.4, es;q=0.7", "pt", .spanish),
            (nil, "fr, de", "en", .english),
            (nil, "en;q=0, pt;q=0.1", nil, .portuguese),
            (nil, nil, nil, .spanish),
            ("xx", ";;,,q=1;en", nil, .spanish),
        ] as [(String?, String?, String?, Language)])
    func theNearestWishCounts(user: String?, header: String?, workspace: String?, expected: Language) {
        #expect(Language.negotiate(user: user, acceptLanguage: header, workspace: workspace) == expected)
    }
}
