import DeskCore
import DeskServices
import Foundation
import Logging
import NIOPosix
import ServiceLifecycle

/// Looks at the data folder's disk every few seconds, and keeps a file there that is given up when nothing else is left, so that what
/// contacts write can still be stored while somebody makes room.
struct DiskReserve: Service {
    static let size: Int64 = 64 * 1_048_576
    /// How often it looks.
    private static let interval = Duration.seconds(3)

    private let folder: URL
    private let watch: DiskWatch
    private let context: DeskContext

    init(in folder: URL, watch: DiskWatch, context: DeskContext) {
        self.folder = folder
        self.watch = watch
        self.context = context
    }

    /// Runs until it is told to stop; the file stays.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await lookAside()
            if !file.isKept { warnOfNoReserve() }
            while !Task.isCancelled {
                try? await context.time.wait(until: context.time.now() + Self.interval)
                await lookAside()
            }
        }
    }

    /// On a thread that may wait for the disk. One that can't be had any more is looking for its end.
    private func lookAside() async { try? await NIOThreadPool.singleton.runIfActive { look() } }

    /// Notes how much room there is, and keeps or gives up the reserve by it.
    func look() {
        guard let room = DiskRoom(of: folder) else {
            return context.logger.error("the room on the disk could not be read", metadata: ["folder": "\(folder.path)"])
        }
        watch.note(room)
        do throws(DeskError) {
            if room.level == .exhausted, file.isKept {
                try file.giveUp()
                context.logger.critical(
                    "the disk is full, and the reserve was given up: make room now", metadata: ["free": "\(room.free)"])
            } else if room.hasRoomForReserve, !file.isKept {
                try file.keep()
            }
        } catch {
            context.logger.error("the reserve on the disk could not be changed", metadata: ["error": "\(error)"])
        }
    }

    private var file: ReserveFile { ReserveFile(path: folder.appending(path: "reserve").path, size: Self.size) }

    private func warnOfNoReserve() {
        context.logger.warning("there is no reserve on the disk: it needs 1 GB of room", metadata: ["free": "\(watch.room?.free ?? 0)"])
    }
}

/// A file that only takes room.
struct ReserveFile {
    let path: String
    /// In bytes.
    let size: Int64

    var isKept: Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value == size
    }

    /// Has the room really set aside, and not only promised.
    /// - Throws: `storage_unavailable`; then nothing of it is left.
    func keep() throws(DeskError) {
        try change { descriptor in
            let fault = posix_fallocate(descriptor, 0, off_t(size))
            if fault != 0 { ftruncate(descriptor, 0) }
            return fault
        }
    }

    /// Gives its room to whoever needs it.
    /// - Throws: `storage_unavailable`.
    func giveUp() throws(DeskError) {
        try change { descriptor in ftruncate(descriptor, 0) == 0 ? 0 : errno }
    }

    /// - Parameter body: answers with an error of the system; 0 for none.
    private func change(_ body: (Int32) -> Int32) throws(DeskError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refused(errno) }
        defer { close(descriptor) }
        let fault = body(descriptor)
        guard fault == 0 else { throw refused(fault) }
        guard fsync(descriptor) == 0 else { throw refused(errno) }
    }

    private func refused(_ fault: Int32) -> DeskError {
        DeskError(.storageUnavailable, message: "The file \(path) can't be changed (errno \(fault)). The desk goes on.", isTransient: true)
    }
}

extension DiskRoom {
    /// Of the file system that a folder is on; nil when it does not say.
    init?(of folder: URL) {
        var status = statvfs()
        guard statvfs(folder.path, &status) == 0 else { return nil }
        let unit = Int64(status.f_frsize)
        self.init(free: Int64(status.f_bavail) * unit, total: Int64(status.f_blocks) * unit)
    }
}
