import Testing

@testable import DeskCommands

struct DemoTalkTests {
    @Test func whoeverIsAnsweredSaysTheirLinesAndThenNoMore() throws {
        var talk = DemoTalk(stories: Stories.all, seed: 7)
        let story = try #require(Stories.all.first { $0.afterwards.count == 2 })
        #expect(talk.answer(of: story.neighbour) == story.afterwards[0])
        #expect(talk.answer(of: story.neighbour) == story.afterwards[1])
        #expect(talk.answer(of: story.neighbour) == nil)
    }

    @Test func whoeverWaitsBeginsNothingNew() {
        var talk = DemoTalk(stories: Stories.all, seed: 7)
        let withLines = Set(Stories.all.filter { !$0.afterwards.isEmpty }.map(\.neighbour))
        var begun: Set<Neighbour> = []
        while let opening = talk.nextOpening() {
            #expect(!withLines.contains(opening.neighbour))
            #expect(begun.insert(opening.neighbour).inserted)
        }
        #expect(begun.count == 12, "then they hold back")
    }

    @Test func answeredNeighboursMakeRoomForOthers() throws {
        var talk = DemoTalk(stories: Stories.all, seed: 7)
        var last: Neighbour?
        while let opening = talk.nextOpening() { last = opening.neighbour }
        _ = talk.answer(of: try #require(last))
        #expect(talk.nextOpening() != nil)
    }

    @Test func theSameSeedGivesTheSameTalk() {
        var one = DemoTalk(stories: Stories.all, seed: 3)
        var other = DemoTalk(stories: Stories.all, seed: 3)
        for _ in 0..<8 { #expect(one.nextOpening()?.neighbour == other.nextOpening()?.neighbour) }
        #expect(one.pauseBeforeOpening() == other.pauseBeforeOpening())
    }
}
