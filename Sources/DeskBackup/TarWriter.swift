import Crypto
import DeskCore
import Foundation

/// Writes files one after another into one archive that any `tar` can open, and keeps the digest of each.
struct TarWriter {
    private static let chunk = 1_048_576

    private let output: FileHandle
    private let modifiedAt: Int64
    private(set) var parts: [BackupManifest.Part] = []

    /// - Parameter instant: the time that every part gets.
    init(to output: FileHandle, at instant: Instant) {
        self.output = output
        modifiedAt = instant.unixSeconds
    }

    /// - Throws: what reading or writing throws; `backup_failed` when the file changed while it was read.
    mutating func add(_ file: URL, as name: String) throws {
        let input = try FileHandle(forReadingFrom: file)
        defer { try? input.close() }
        let size = Int64(try input.seekToEnd())
        try input.seek(toOffset: 0)
        let header = try begin(name, size: size)
        var (hash, written) = (SHA256(), Int64(0))
        while let bytes = try input.read(upToCount: Self.chunk), !bytes.isEmpty {
            hash.update(data: bytes)
            try output.write(contentsOf: bytes)
            written += Int64(bytes.count)
        }
        guard written == size else { throw DeskError.backupFailed("\(name) changed while it was copied") }
        try end(header, hash: hash)
    }

    mutating func add(_ bytes: Data, as name: String) throws {
        let header = try begin(name, size: Int64(bytes.count))
        var hash = SHA256()
        hash.update(data: bytes)
        try output.write(contentsOf: bytes)
        try end(header, hash: hash)
    }

    /// Two empty blocks end an archive.
    func finish() throws {
        try output.write(contentsOf: Data(count: 2 * TarHeader.blockSize))
        try output.synchronize()
    }

    private func begin(_ name: String, size: Int64) throws -> TarHeader {
        let header = TarHeader(name: name, size: size, modifiedAt: modifiedAt)
        guard let block = header.block else { throw DeskError.backupFailed("the name \(name) is too long for the archive") }
        try output.write(contentsOf: Data(block))
        return header
    }

    private mutating func end(_ header: TarHeader, hash: SHA256) throws {
        try output.write(contentsOf: Data(count: header.padding))
        parts.append(BackupManifest.Part(name: header.name, bytes: header.size, sha256: Array(hash.finalize()).hexadecimal))
    }
}
