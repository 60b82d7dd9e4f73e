import DeskCore
import DeskServices
import Foundation
import NIOPosix

/// The ledgers' keys as files of the data folder, outside of the database: `keys/ledger-<workspace>.key`, for the owner's eyes only.
///
/// A file holds one line, base 64 of the Ed25519 seed (RFC 8032). Whoever copies the data folder copies the keys; whoever has only the
/// database can't sign.
struct FileHeadKeys: HeadSigning {
    private let folder: URL

    init(in dataFolder: URL) {
        folder = dataFolder.appending(path: "keys", directoryHint: .isDirectory)
    }

    func key(of workspace: Workspace.ID) async throws -> LedgerKey? {
        try await NIOThreadPool.singleton.runIfActive { try signer(of: workspace)?.key }
    }

    func sign(_ checkpoint: LedgerCheckpoint) async throws -> SignedHead {
        try await NIOThreadPool.singleton.runIfActive {
            let signer = try signer(of: checkpoint.workspace) ?? makeSigner(of: checkpoint.workspace)
            return try signer.sign(checkpoint)
        }
    }

    private func signer(of workspace: Workspace.ID) throws -> HeadSigner? {
        let file = file(of: workspace)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard let data = FileManager.default.contents(atPath: file.path),
            let seed = Base64.decode(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)),
            let signer = HeadSigner(of: workspace, seed: seed)
        else {
            throw DeskError(
                .ledgerKeyUnreadable,
                message: "\(file.path) holds no key of a ledger, or can't be read. Nothing was signed; restore it from a backup. "
                    + "Without it, heads are signed by a new key, and whoever keeps heads must be told so.")
        }
        return signer
    }

    /// The file appears with its content or not at all, and the first who makes it wins.
    private func makeSigner(of workspace: Workspace.ID) throws -> HeadSigner {
        let fresh = HeadSigner(of: workspace)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let temporary = folder.appending(path: ".\(ProcessInfo.processInfo.globallyUniqueString)")
            try DurableFile.write(Array((Base64.encode(fresh.seed) + "\n").utf8), to: temporary, mode: 0o600)
            let isFirst = link(temporary.path, file(of: workspace).path) == 0
            try FileManager.default.removeItem(at: temporary)
            DurableFile.synchronize(folder)
            if isFirst { return fresh }
        } catch let error as CocoaError {
            throw DeskError(.storageUnavailable, message: "The key of a ledger can't be kept: \(error.localizedDescription)")
        }
        guard let first = try signer(of: workspace) else {
            throw DeskError(.storageUnavailable, message: "The key of a ledger could not be put in its place. Nothing was signed.")
        }
        return first
    }

    /// Our identifiers are letters, digits and hyphens; whatever else there may be does not become a path.
    private func file(of workspace: Workspace.ID) -> URL {
        let isPlain = workspace.text.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }
        return folder.appending(path: "ledger-\(isPlain ? workspace.text : Digest.of(workspace.text)).key")
    }
}

extension DeskError.Code {
    static let ledgerKeyUnreadable = Self("ledger_key_unreadable")
}
