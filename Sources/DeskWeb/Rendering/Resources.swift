import Foundation

/// The folder of templates, styles, scripts and words that is copied beside the program.
enum Resources {
    static func folder(_ name: String) -> URL {
        Bundle.module.bundleURL.appending(path: "Resources").appending(path: name)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from file: URL) throws(ResourceError) -> Value {
        let bytes = try read(file)
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            throw ResourceError(path: file.lastPathComponent, reason: "\(error)")
        }
    }

    static func read(_ file: URL) throws(ResourceError) -> Data {
        do {
            return try Data(contentsOf: file)
        } catch {
            throw ResourceError(path: file.path, reason: "\(error.localizedDescription)")
        }
    }

    /// Every regular file under `folder`, as paths relative to it, in a stable order.
    static func files(under folder: URL) throws(ResourceError) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder.path) else {
            throw ResourceError(path: folder.path, reason: "the folder cannot be listed")
        }
        var paths: [String] = []
        while let path = walk.nextObject() as? String {
            if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular { paths.append(path) }
        }
        return paths.sorted()
    }
}

/// A template, catalogue or asset that ships with the program could not be used. The remedy is to install the program anew.
package struct ResourceError: Error, CustomStringConvertible {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String {
        "\(path): \(reason). The folder contesta_DeskWeb.resources belongs beside the program; install both together."
    }
}
