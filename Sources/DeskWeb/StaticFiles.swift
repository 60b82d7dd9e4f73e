package import Foundation

/// Styles, scripts and drawings, under addresses that change with their content, so that browsers may keep them for ever.
///
/// One hash stands for all of them: `/static/{hash}/css/base.css`. Relative imports between scripts then lead to files of the
/// same version, with no import map to keep.
package struct StaticFiles: Sendable {
    /// A file to answer with.
    package struct File: Sendable {
        package let bytes: Data
        /// For `Content-Type`.
        package let mediaType: String
    }

    /// Where all of them are: `/static/{hash}/`.
    package let prefix: String
    private let files: [String: File]

    /// What to say about a file under its hashed address: it never changes.
    package static let cacheControl = "public, max-age=31536000, immutable"

    /// - Throws: `ResourceError` when the folder cannot be read.
    package init() throws(ResourceError) {
        let folder = Resources.folder("Static")
        var files: [String: File] = [:]
        var hash = ContentHash()
        for path in try Resources.files(under: folder) {
            guard let mediaType = Self.mediaType(of: path) else { continue }
            let bytes = try Resources.read(folder.appending(path: path))
            hash.combine(Data(path.utf8))
            hash.combine(bytes)
            files[path] = File(bytes: bytes, mediaType: mediaType)
        }
        self.files = files
        prefix = "/static/\(hash.words)/"
    }

    /// The file at a request's path; nil for one that does not exist, or of another version.
    package func file(at path: String) -> File? {
        path.hasPrefix(prefix) ? files[String(path.dropFirst(prefix.count))] : nil
    }

    /// The address of a file by its name under `Static/`.
    package func url(of name: String) -> String { prefix + name }

    /// Every name, for tests and for writing a copy out.
    package var names: [String] { files.keys.sorted() }

    private static func mediaType(of path: String) -> String? {
        switch path.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: nil
        }
    }
}

/// FNV-1a, 64 bits: tells versions apart, nothing more. It guards against no one.
private struct ContentHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ bytes: Data) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    var words: String { String(state, radix: 36) }
}
