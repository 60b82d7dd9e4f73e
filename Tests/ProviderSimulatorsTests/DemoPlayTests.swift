import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct DemoPlayTests {
    @Test func repeatsItselfForTheSameSeed() {
        func story(seed: UInt64) -> [[DemoPlay.Act]] {
            var settings = DemoContactsSettings()
            settings.seed = seed
            var play = DemoPlay(settings: settings)
            return [play.prologue(at: Samples.noon), play.next(), play.next(), play.next()]
        }
        #expect(story(seed: 3) == story(seed: 3))
        #expect(story(seed: 3) != story(seed: 4))
    }

    @Test func beginsWithPeopleWhoHaveWaited() {
        var play = DemoPlay(settings: DemoContactsSettings())
        let prologue = play.prologue(at: Samples.noon)
        #expect(Set(prologue.map(\.person)).count == 5)
        #expect(prologue.allSatisfy { ($0.message.timestamp ?? Samples.noon) < Samples.noon && $0.pause == .zero })
    }

    @Test func answersUntilTheMatterIsClosed() {
        var play = DemoPlay(settings: DemoContactsSettings())
        _ = play.prologue(at: Samples.noon)
        var answers = 0
        while let act = play.answer(of: 0) {
            answers += 1
            #expect(act.person == 0)
            #expect(DemoContactsSettings().answerAfter.contains(act.pause))
        }
        #expect(answers >= 1)
    }

    @Test func onlyThoseWhoWaitForNothingBegin() {
        var settings = DemoContactsSettings()
        settings.count = 3
        settings.waitingAtStart = 2
        var play = DemoPlay(settings: settings)
        _ = play.prologue(at: Samples.noon)
        #expect(Set(play.next().map(\.person)) == [2])
        #expect(play.next().isEmpty)
    }

    @Test(arguments: DemoStory.Language.allCases)
    func everyStoryEndsWithAnAnswer(language: DemoStory.Language) {
        for story in DemoStory.stories(in: language) {
            #expect(!story.opening.isEmpty)
            #expect(!story.answers.isEmpty)
        }
    }

    @Test func theCastCanAllBeAdded() throws {
        var settings = DemoContactsSettings()
        settings.count = 100
        var world = MetaWorld(account: Samples.account, seed: 1)
        let people = DemoPlay(settings: settings).people
        for person in people { _ = try world.addContact(person) }
        #expect(world.everyContact.count == people.count)
    }
}
