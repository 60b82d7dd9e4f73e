package import Foundation

/// Writes every sample page to a folder, with its styles and scripts, to look at the design without a server.
///
/// The pages name their assets from the root, so serve the folder (`python3 -m http.server`) rather than opening the files.
package struct GalleryWriter {
    let renderer: PageRenderer

    package init(renderer: PageRenderer) { self.renderer = renderer }

    /// Writes `{page}.{language}.{theme}.html` for every page, language and theme.
    /// - Returns: how many pages were written.
    /// - Throws: `ResourceError` when a page cannot be rendered, and whatever the file system says.
    package func write(to folder: URL) throws -> Int {
        try writeAssets(to: folder)
        var count = 0
        for language in Language.allCases {
            let gallery = Gallery(language: language, catalogues: renderer.catalogues)
            for theme in [Theme.light, .dark] {
                for (name, page) in gallery.pages {
                    let html = try renderer.render(page, context: gallery.context(theme: theme))
                    let file = folder.appending(path: "\(name).\(language.rawValue).\(theme.rawValue).html")
                    try Data(html.utf8).write(to: file)
                    count += 1
                }
            }
        }
        return count
    }

    private func writeAssets(to folder: URL) throws {
        for name in renderer.staticFiles.names {
            let path = renderer.staticFiles.url(of: name)
            let file = folder.appending(path: String(path.dropFirst()))
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try renderer.staticFiles.file(at: path)?.bytes.write(to: file)
        }
    }
}
