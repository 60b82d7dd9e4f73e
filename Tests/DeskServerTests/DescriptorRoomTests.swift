import Synchronization
import Testing

@testable import DeskServer

@Suite("Room for connections")
struct DescriptorRoomTests {
    @Test("Whoever connects leaves the last descriptors to the desk", arguments: [(160, 64), (1_024, 928), (97, 1), (10, 1)])
    func connectionsAreFewerThanDescriptors(limit: Int, connections: Int) {
        var room = DescriptorRoom { limit }
        var admitted = 0
        while room.isAcceptingNewConnections() {
            room.connectionOpened()
            admitted += 1
        }
        #expect(admitted == connections)
        room.connectionClosed()
        #expect(room.isAcceptingNewConnections())
    }

    @Test("The limit is looked up each time")
    func theLimitCanChange() {
        let limit = Atomic(0)
        var room = DescriptorRoom { limit.load(ordering: .relaxed) }
        room.connectionOpened()
        #expect(!room.isAcceptingNewConnections())
        limit.store(200, ordering: .relaxed)
        #expect(room.isAcceptingNewConnections())
    }
}
