import DeskCore
import Foundation

/// Reads an archive from its first file to its last.
struct TarReader {
    private static let chunk = 1_048_576

    private let input: FileHandle

    init(_ file: URL) throws {
        do {
            input = try FileHandle(forReadingFrom: file)
        } catch {
            throw DeskError(.notFound, message: "\(file.path) can't be read. Nothing was changed; check its name and its owner.")
        }
    }

    /// The next file's header; nil at the end.
    /// - Throws: `backup_damaged` for what is no header, and for an archive that breaks off.
    func next() throws -> TarHeader? {
        let block = try bytes(TarHeader.blockSize)
        if block.allSatisfy({ $0 == 0 }) { return nil }
        guard let header = TarHeader(block) else { throw DeskError.backupDamaged("it is no backup of Contesta, or a header is broken") }
        return header
    }

    /// Hands the content of the file whose header came last over, in pieces.
    func content(of header: TarHeader, _ take: (Data) throws -> Void) throws {
        var left = header.size
        while left > 0 {
            let bytes = try bytes(Int(min(left, Int64(Self.chunk))))
            try take(Data(bytes))
            left -= Int64(bytes.count)
        }
        _ = try bytes(header.padding)
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            guard let more = try input.read(upToCount: count - bytes.count), !more.isEmpty else {
                throw DeskError.backupDamaged("it breaks off before its end")
            }
            bytes += more
        }
        return bytes
    }
}
