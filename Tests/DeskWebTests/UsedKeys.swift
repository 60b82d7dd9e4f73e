import Foundation

@testable import DeskWeb

/// The catalogue keys that templates, scripts and Swift files name, whole or with an interpolated part.
struct UsedKeys {
    private(set) var exact: Set<String> = []
    /// Beginnings and ends around an interpolation: `error.` and `.title` of `error.\(kind).title`.
    private var frames: Set<[String]> = []

    init() throws {
        for file in try SourceFiles.all(under: "Resources/Templates", ending: ".mustache") {
            exact.formUnion(file.text.matches(of: /\{\{t\.([\w.]+)\}\}/).map { String($0.output.1) })
        }
        for file in try SourceFiles.all(under: "Resources/Static/js", ending: ".js") {
            exact.formUnion(file.text.matches(of: /say(?:Count)?\([^")]*?"([\w.]+)"/).map { String($0.output.1) })
            exact.formUnion(file.text.matches(of: /"(script\.[\w.]+)"/).map { String($0.output.1) })
        }
        for file in try SourceFiles.all(under: "", ending: ".swift") { collect(swift: file.text) }
    }

    func covers(_ key: String) -> Bool {
        if exact.contains(key) { return true }
        for ending in [".one", ".other"] where key.hasSuffix(ending) && exact.contains(String(key.dropLast(ending.count))) { return true }
        return frames.contains { key.hasPrefix($0[0]) && key.hasSuffix($0[1]) }
    }

    private mutating func collect(swift text: String) {
        for literal in text.matches(of: /"([a-z][A-Za-z]*\.[A-Za-z._]+)"/) { exact.insert(String(literal.output.1)) }
        for literal in text.matches(of: /"([a-z][A-Za-z]*\.[A-Za-z.]*)\\\([^"]*?\)([\w.]*)"/) {
            frames.insert([String(literal.output.1), String(literal.output.2)])
        }
        exact = exact.filter { !$0.hasPrefix("pages.") && !$0.hasPrefix("partials.") && !$0.hasSuffix(".svg") }
    }
}

/// The files of the room itself, read from the checkout.
enum SourceFiles {
    struct File {
        let path: String
        let text: String
    }

    static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/DeskWeb").resolvingSymlinksInPath()
    }

    static func all(under folder: String, ending suffix: String) throws -> [File] {
        let folder = folder.isEmpty ? root : root.appending(path: folder)
        return try Resources.files(under: folder).filter { $0.hasSuffix(suffix) }.map { path in
            File(path: path, text: String(decoding: try Resources.read(folder.appending(path: path)), as: UTF8.self))
        }
    }
}
