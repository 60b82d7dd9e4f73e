package import DeskCore
import Synchronization

/// How much room the data folder's disk has, in bytes, and what may still be put there: files go first, what people say goes last.
package struct DiskRoom: Hashable, Sendable {
    package enum Level: Hashable, Sendable, CaseIterable {
        case ample
        /// Only what people say: no files.
        case scarce
        /// Not even that for long: what is kept back must be given up now.
        case exhausted
    }

    private static let megabyte: Int64 = 1_048_576
    /// Below that, and below a twentieth of the disk, no files are taken.
    private static let leastForFiles = 512 * megabyte
    private static let leastForWords = 32 * megabyte
    private static let leastForReserve = 1_024 * megabyte

    /// What a program without privileges can still use.
    package let free: Int64
    package let total: Int64

    package init(free: Int64, total: Int64) {
        self.free = free
        self.total = total
    }

    package var level: Level {
        if free < Self.leastForWords { return .exhausted }
        return free < min(total / 20, Self.leastForFiles) ? .scarce : .ample
    }

    /// Whether something can be kept back for bad days without bringing them about.
    package var hasRoomForReserve: Bool { free >= Self.leastForReserve }
}

/// What was last seen of the disk; nothing before the first look, and then everything is allowed.
package final class DiskWatch: Sendable {
    private let latest = Mutex<DiskRoom?>(nil)

    package init() {}

    package var room: DiskRoom? { latest.withLock(\.self) }

    package func note(_ room: DiskRoom?) { latest.withLock { $0 = room } }

    /// - Throws: `storage_unavailable`.
    package func requireRoomForFiles() throws(DeskError) {
        guard let level = room?.level, level != .ample else { return }
        throw .noRoomForFiles
    }
}

extension DeskError {
    /// Words are still taken.
    package static let noRoomForFiles = DeskError(
        .storageUnavailable,
        message:
            "No room for files is left on the disk of the data folder. Nothing was stored; make room there, and send it again. Text is "
            + "still taken.",
        publicMessage: "No room for files just now. Nothing was sent. Text is still taken; files again once the operator has made room.",
        isTransient: true)
}
