import Foundation

/// The project's own tree, read once.
struct Project: Sendable {
    /// One file: its path from the project's root, with `/`, and its text.
    struct File: Sendable {
        let path: String
        let text: String

        var lineCount: Int { text.utf8.count { $0 == .newline } + (text.isEmpty || text.hasSuffix("\n") ? 0 : 1) }
    }

    let files: [File]
    let swiftFiles: [SwiftFile]

    static let current = Project(root: URL(filePath: #filePath).resolvingSymlinksInPath().ancestor(4))

    init(root: URL) {
        files = Self.paths(under: root).compactMap { path in
            guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
            guard let text = String(data: data, encoding: .utf8) else { return nil }
            return File(path: path, text: text)
        }
        swiftFiles = files.filter { $0.path.hasSuffix(".swift") }.map { SwiftFile(path: $0.path, text: $0.text) }
    }

    /// The files below a folder whose names end so, in the order of their paths.
    func files(under folder: String, endingWith suffix: String = "") -> [File] {
        files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(suffix) }
    }

    func swiftFiles(under folder: String) -> [SwiftFile] {
        swiftFiles.filter { $0.path.hasPrefix(folder + "/") }
    }

    /// Whether there is a file of that path, or a folder with something in it.
    func has(_ path: String) -> Bool {
        files.contains { $0.path == path || $0.path.hasPrefix(path + "/") }
    }

    /// What git would not keep is no part of the project.
    private static let foldersLeftOut: Set<String> = [".build", ".git", ".swiftpm", "__pycache__", ".pytest_cache", ".venv", "data"]

    private static func paths(under root: URL) -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let place = root.appending(path: folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path())) ?? []
            for name in names where !(foldersLeftOut.contains(name) && !folder.hasPrefix("Sources")) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                if isFolder(root.appending(path: path)) { folders.append(path) } else { found.append(path) }
            }
        }
        return found.sorted()
    }

    private static func isFolder(_ place: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: place.path(), isDirectory: &isFolder) && isFolder.boolValue
    }
}

extension URL {
    fileprivate func ancestor(_ generations: Int) -> URL {
        (0..<generations).reduce(self) { url, _ in url.deletingLastPathComponent() }
    }
}
