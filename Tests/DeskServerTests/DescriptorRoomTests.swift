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
        final class Limit: @unchecked Sendable { var value = 0 }
        let limit = Limit()
        var room = DescriptorRoom { limit.value }
        room.connectionOpened()
        #expect(!room.isAcceptingNewConnections())
        limit.value = 200
        #expect(room.isAcceptingNewConnections())
    }
}
