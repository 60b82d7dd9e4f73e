import DeskCore
package import SQLStore
import SQLiteDriver

extension Vault {
    /// One of its own for each store: keys are remembered by workspace, and samples call their workspaces alike.
    package static func sample(_ byte: UInt8 = 7) -> Vault {
        do {
            return Vault(try MasterKey([UInt8](repeating: byte, count: MasterKey.length)))
        } catch {
            preconditionFailure("32 bytes are a key")
        }
    }
}

extension FileSeal {
    package static func sample() async throws -> FileSeal {
        try await SQLiteStorage.inMemory(vault: .sample()).fileSeal()
    }
}
