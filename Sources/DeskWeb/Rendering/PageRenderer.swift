import Mustache

/// Turns view models into HTML. Made once at start: templates are parsed, assets are hashed, words are read.
package struct PageRenderer: Sendable {
    package let catalogues: Catalogues
    package let staticFiles: StaticFiles
    private let libraries: [Language: MustacheLibrary]
    private let scriptWords: [Language: String]

    /// - Throws: `ResourceError` when a template, catalogue or asset is missing or malformed.
    package init() throws(ResourceError) {
        catalogues = try Catalogues()
        staticFiles = try StaticFiles()
        let templates = try TemplateLibrary()
        var libraries: [Language: MustacheLibrary] = [:]
        var scriptWords: [Language: String] = [:]
        for language in Language.allCases {
            libraries[language] = try templates.parsed(in: catalogues[language], drawings: staticFiles.url(of: "icons.svg"))
            scriptWords[language] = ScriptWords.json(catalogues[language])
        }
        self.libraries = libraries
        self.scriptWords = scriptWords
    }

    /// The whole page, from `<!doctype html>` on.
    /// - Throws: `ResourceError` when the page has no template.
    package func render(_ page: some PageModel, context: PageContext) throws(ResourceError) -> String {
        let words = scriptWords[context.wording.catalogue.language] ?? "{}"
        let chrome = Chrome(page: page, context: context, assets: staticFiles, scriptWords: words)
        return try render(page, named: type(of: page).template, chrome: TemplateFields(reflecting: chrome), context)
    }

    /// One piece, as the page itself would hold it; for the event stream and for pieces fetched alone.
    /// - Throws: `ResourceError` when the piece has no template.
    package func renderPartial(_ partial: some PartialModel, context: PageContext) throws(ResourceError) -> String {
        let chrome = TemplateFields(reflecting: PieceChrome(csrf: context.csrfToken))
        return try render(partial, named: type(of: partial).template, chrome: chrome, context)
    }

    private func render(
        _ model: some Sendable, named name: String, chrome: TemplateFields, _ context: PageContext
    ) throws(ResourceError) -> String {
        var fields = TemplateFields(reflecting: model)
        fields.set("chrome", chrome)
        guard let html = libraries[context.wording.catalogue.language]?.render(fields, withTemplate: name) else {
            throw ResourceError(path: name, reason: "there is no such template")
        }
        return html
    }
}
