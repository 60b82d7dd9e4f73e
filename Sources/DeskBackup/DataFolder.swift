import Foundation

/// Where things are in a data folder.
enum DataFolder {
    static let database = "contesta.sqlite"
    static let blobs = "blobs/"

    static func path(ofBlob blob: String) -> String { "\(blobs)\(blob.prefix(2))/\(blob)" }

    /// The blob that a path of an archive stands for; nil for any other path, however it is spelt.
    static func blob(at path: String) -> String? {
        guard let blob = path.split(separator: "/").last.map(String.init), blob.utf8.count == 64,
            blob.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }), path == Self.path(ofBlob: blob)
        else { return nil }
        return blob
    }

    /// A file's name is safe only once its folder is.
    static func synchronize(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
