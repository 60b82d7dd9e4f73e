package import DeskCore
import DeskServices
import Synchronization

/// Signs with keys that last as long as the test.
package final class MemoryHeadKeys: HeadSigning {
    private let signers = Mutex<[Workspace.ID: HeadSigner]>([:])

    package init() {}

    package func key(of workspace: Workspace.ID) async throws -> LedgerKey? {
        signers.withLock { $0[workspace]?.key }
    }

    package func sign(_ checkpoint: LedgerCheckpoint) async throws -> SignedHead {
        let signer = signers.withLock { signers in
            let signer = signers[checkpoint.workspace] ?? HeadSigner(of: checkpoint.workspace)
            signers[checkpoint.workspace] = signer
            return signer
        }
        return try signer.sign(checkpoint)
    }

    /// As if the key had been lost.
    package func forget() {
        signers.withLock { $0 = [:] }
    }
}
