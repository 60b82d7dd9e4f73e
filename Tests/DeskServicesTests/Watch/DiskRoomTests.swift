import DeskCore
import Testing

@testable import DeskServices

/// What may still be put on a disk that fills up: files are refused first, what people say last.
struct DiskRoomTests {
    private static let megabyte: Int64 = 1_048_576

    @Test(arguments: [
        (400_000, 1_000_000, DiskRoom.Level.ample), (512, 1_000_000, .ample), (511, 1_000_000, .scarce), (100, 2_000, .ample),
        (99, 2_000, .scarce), (32, 2_000, .scarce), (31, 2_000, .exhausted), (0, 2_000, .exhausted), (32, 100, .ample),
        (31, 100, .exhausted),
    ])
    func aTwentiethOrHalfAGigabyteIsKeptForWords(free: Int64, total: Int64, level: DiskRoom.Level) {
        #expect(DiskRoom(free: free * Self.megabyte, total: total * Self.megabyte).level == level)
    }

    @Test(arguments: [(1_024, true), (1_023, false)])
    func aReserveIsKeptWhereThereIsPlenty(free: Int64, isKept: Bool) {
        #expect(DiskRoom(free: free * Self.megabyte, total: 4_096 * Self.megabyte).hasRoomForReserve == isKept)
    }

    @Test func filesAreTakenUntilSomebodyHasSeenThatThereIsNoRoom() throws {
        let disk = DiskWatch()
        try disk.requireRoomForFiles()
        disk.note(DiskRoom(free: 99 * Self.megabyte, total: 2_000 * Self.megabyte))
        #expect(throws: DeskError.noRoomForFiles) { try disk.requireRoomForFiles() }
        disk.note(DiskRoom(free: 0, total: 2_000 * Self.megabyte))
        #expect(throws: DeskError.noRoomForFiles) { try disk.requireRoomForFiles() }
        disk.note(DiskRoom(free: 100 * Self.megabyte, total: 2_000 * Self.megabyte))
        try disk.requireRoomForFiles()
    }
}
