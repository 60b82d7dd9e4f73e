import DeskCore
import DeskServices
import DeskTesting
import Foundation
import Testing

@testable import DeskCommands

/// Room that is kept back on the disk.
struct DiskReserveTests {
    private static let size: Int64 = 1_048_576

    @Test func theRoomIsReallyTakenAndGivenBack() throws {
        let folder = try TemporaryFolder()
        let file = ReserveFile(path: folder.url.appending(path: "reserve").path, size: Self.size)
        #expect(!file.isKept)

        try file.keep()
        #expect(file.isKept)
        #expect(Self.roomTaken(by: file) >= Self.size)

        try file.giveUp()
        #expect(!file.isKept)
        #expect(Self.roomTaken(by: file) == 0)
    }

    @Test func filesAreRefusedWhereThereIsNoRoomForThem() async throws {
        let folder = try TemporaryFolder()
        let disk = DiskWatch()
        let blobs = try FileBlobStore(in: folder.url, sealedBy: try await .sample(), disk: disk)
        disk.note(DiskRoom(free: 0, total: Self.size))
        await #expect(throws: DeskError.noRoomForFiles) { try await blobs.store([1, 2, 3]) }
        disk.note(nil)
        #expect(try await blobs.read(blobs.store([1, 2, 3])) == [1, 2, 3])
    }

    @Test func aFolderSaysHowMuchRoomItsDiskHas() throws {
        let folder = try TemporaryFolder()
        let room = try #require(DiskRoom(of: folder.url))
        #expect(0..<room.total ~= room.free)
        #expect(DiskRoom(of: URL(filePath: "/nowhere/at/all")) == nil)
    }

    /// In bytes; a file may say that it is larger than what it takes.
    private static func roomTaken(by file: ReserveFile) -> Int64 {
        var status = stat()
        return stat(file.path, &status) == 0 ? Int64(status.st_blocks) * 512 : 0
    }
}
