import DeskCore
import DeskServices
import Synchronization

/// Files in memory.
package final class MemoryBlobs: BlobStoring {
    private let files = Mutex<[String: [UInt8]]>([:])

    package init() {}

    package var count: Int { files.withLock { $0.count } }

    package func store(_ bytes: [UInt8]) async throws -> String {
        let blob = Digest.of(bytes)
        files.withLock { $0[blob] = bytes }
        return blob
    }

    package func read(_ blob: String) async throws -> [UInt8] {
        guard let bytes = files.withLock({ $0[blob] }) else { throw DeskError(.notFound, message: "There is no such file.") }
        return bytes
    }

    package func remove(_ blob: String) async throws { files.withLock { $0[blob] = nil } }
}
