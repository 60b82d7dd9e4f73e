import ChannelKit
import DeskCore
import DeskServices
import Foundation
import NIOPosix
import SQLStore

/// Files in a folder, sealed, each under a name that is made of its content's digest and a key: `blobs/3f/3f9a…`. No name comes from
/// outside.
struct FileBlobStore: BlobStoring, BlobKeeping {
    private let folder: URL
    private let seal: FileSeal
    private let disk: DiskWatch

    /// - Throws: when the folder can't be made.
    init(in dataFolder: URL, sealedBy seal: FileSeal, disk: DiskWatch) throws {
        (self.seal, self.disk) = (seal, disk)
        folder = dataFolder.appending(path: "blobs", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// - Throws: `storage_unavailable` when the disk has no room for files; whatever the system reports.
    func store(_ bytes: [UInt8]) async throws -> String {
        try disk.requireRoomForFiles()
        return try await NIOThreadPool.singleton.runIfActive {
            let blob = Digest.of(bytes)
            try keep(bytes, as: blob)
            return blob
        }
    }

    private func keep(_ bytes: [UInt8], as blob: String) throws {
        let file = file(seal.name(of: blob))
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try DurableFile.write(try seal.seal(bytes, of: blob), to: file)
    }

    func read(_ blob: String) async throws -> [UInt8] {
        guard blob.utf8.count == 64, blob.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            throw DeskError(.notFound, message: "There is no file of this name.")
        }
        return try await NIOThreadPool.singleton.runIfActive { [folder] in
            if let data = FileManager.default.contents(atPath: file(seal.name(of: blob)).path) {
                return try seal.open(data, of: blob)
            }
            // An older program stored it as it was, and it has not been sealed yet.
            guard let data = FileManager.default.contents(atPath: file(blob).path) else {
                throw DeskError(.notFound, message: "A file that the database names is missing in \(folder.lastPathComponent)/.")
            }
            return Array(data)
        }
    }

    /// Removes a file for good.
    func remove(_ blob: String) async throws {
        try await NIOThreadPool.singleton.runIfActive {
            for place in [file(seal.name(of: blob)), file(blob)] where FileManager.default.fileExists(atPath: place.path) {
                try FileManager.default.removeItem(at: place)
            }
        }
    }

    /// Seals what an older program stored as it was.
    /// - Returns: how many files that were.
    func sealOldFiles() async throws -> Int {
        try await NIOThreadPool.singleton.runIfActive { [folder] in
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
            var count = 0
            while let file = files?.nextObject() as? URL {
                guard let data = FileManager.default.contents(atPath: file.path), !FileSeal.isSealed(data),
                    Digest.of(data) == file.lastPathComponent
                else { continue }
                try keep(Array(data), as: file.lastPathComponent)
                try FileManager.default.removeItem(at: file)
                count += 1
            }
            return count
        }
    }

    func bytes(of blob: String) async throws -> [UInt8] { try await read(blob) }

    private func file(_ name: String) -> URL {
        folder.appending(path: String(name.prefix(2))).appending(path: name)
    }
}

/// Writing a file so that it is whole or not there, even when the power goes.
enum DurableFile {
    /// - Parameter mode: the file's permissions; nil for those that the system gives.
    static func write(_ bytes: [UInt8], to file: URL, mode: Int? = nil) throws {
        let folder = file.deletingLastPathComponent()
        let temporary = folder.appending(path: ".\(file.lastPathComponent).\(ProcessInfo.processInfo.globallyUniqueString)")
        do {
            try fill(temporary, with: bytes, mode: mode)
            guard rename(temporary.path, file.path) == 0 else {
                throw DeskError(
                    .storageUnavailable, message: "A file could not be put in its place (errno \(errno)). It is not stored.",
                    isTransient: true)
            }
        } catch {
            // What is left of a failed try is of no use to anybody; that it can't be removed either changes nothing.
            try? FileManager.default.removeItem(at: temporary)
            throw error
        }
        synchronize(folder)
    }

    private static func fill(_ temporary: URL, with bytes: [UInt8], mode: Int?) throws {
        let attributes = mode.map { [FileAttributeKey.posixPermissions: $0] }
        guard FileManager.default.createFile(atPath: temporary.path, contents: Data(), attributes: attributes) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: temporary)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
    }

    /// The name is safe only once the folder is.
    static func synchronize(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
