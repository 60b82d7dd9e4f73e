import DeskCore
import Foundation

/// Makes sure that one server works on a data folder: the lock goes when the process does, however it ends.
final class DataFolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `data_in_use` when another server has the folder; `storage_unavailable` when it can't be locked at all.
    init(on folder: URL) throws {
        let path = folder.appending(path: "server.lock").path
        descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw DeskError(.storageUnavailable, message: "The data folder can't be locked (errno \(errno)). Nothing was started.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw DeskError(
                DeskError.Code("data_in_use"),
                message:
                    "Another contesta serves from this data folder. Nothing was started; stop the other one, or give --data another folder."
            )
        }
    }

    deinit { close(descriptor) }
}
