import DeskCore
import DeskServices
import Foundation
import NIOPosix

/// Heads as files in a folder that others read: a share, a mounted disk, something that is copied away.
///
/// `<workspace>-<size>.head` is the signed note, and `<workspace>.key` the key to check it by. Each is whole or not there.
struct HeadFolder: HeadDelivery {
    private static let sizeDigits = 12

    let folder: URL

    func deliver(_ head: SignedHead, key: LedgerKey) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
                throw Self.failure("there is no folder \(folder.path)")
            }
            do {
                let workspace = head.checkpoint.workspace.text
                try write(key.text + "\n", as: "\(workspace).key")
                try write(head.note, as: "\(workspace)-\(Self.padded(head.checkpoint.size)).head")
            } catch let error as CocoaError {
                throw Self.failure("\(folder.path) can't be written (\(error.localizedDescription))")
            }
            return folder.path
        }
    }

    private func write(_ text: String, as name: String) throws {
        let file = folder.appending(path: name)
        guard FileManager.default.contents(atPath: file.path) != Data(text.utf8) else { return }
        try DurableFile.write(Array(text.utf8), to: file, mode: 0o644)
    }

    /// So that names sort by size.
    private static func padded(_ size: Int64) -> String {
        let digits = String(size)
        return String(repeating: "0", count: max(0, sizeDigits - digits.count)) + digits
    }

    private static func failure(_ what: String) -> DeskError {
        DeskError(
            .storageUnavailable,
            message: "A head of the ledger could not be put outside: \(what). It is kept here, and tried again every half minute.",
            isTransient: true)
    }
}
