package import DeskCore

/// How busy the demo's contacts are.
package struct DemoContactsSettings: Hashable, Sendable {
    /// How many people there are; at most as many as the cast has.
    package var count = 8
    /// How many of them have written before the curtain rises, up to `longestWait` ago.
    package var waitingAtStart = 5
    package var longestWait = Duration.minutes(95)
    /// The pause between two who begin something new.
    package var interval: ClosedRange<Duration> = .seconds(30) ... .seconds(120)
    /// How long somebody takes to answer an answer.
    package var answerAfter: ClosedRange<Duration> = .seconds(5) ... .seconds(20)
    package var seed: UInt64 = 1

    package init() {}
}

/// The script of the demo: who begins what, and what they answer. Decides only; `DemoContactsService` plays it.
package struct DemoPlay: Sendable {
    /// Something that a person of the cast does, after a pause.
    package struct Act: Hashable, Sendable {
        /// Which person, by place in `people`.
        package let person: Int
        package let pause: Duration
        package let message: ContactMessage
    }

    package let people: [NewContact]
    private let settings: DemoContactsSettings
    private let languages: [DemoStory.Language]
    private var random: SeededRandom
    /// What each person will still say, when answered.
    private var pending: [[String]]
    private var told: [DemoStory.Language: Int] = [:]

    package init(settings: DemoContactsSettings) {
        let cast = DemoPerson.everyone.prefix(max(1, settings.count))
        self.settings = settings
        random = SeededRandom(seed: settings.seed)
        languages = cast.map(\.language)
        pending = cast.map { _ in [] }
        people = cast.enumerated().map { index, person in
            let userID = person.phone == nil ? "CL.1000000000000\(100 + index)" : nil
            return NewContact(name: person.name, phone: person.phone, businessScopedID: userID, username: person.username)
        }
    }

    /// What was written before the curtain rose: oldest first, already with its time.
    package mutating func prologue(at now: Instant) -> [Act] {
        let count = min(settings.waitingAtStart, people.count)
        return (0..<count).flatMap { person in
            let wait = settings.longestWait * (count - person) / count
            return begin(person).enumerated().map { index, content in
                Act(person: person, pause: .zero, message: ContactMessage(content, timestamp: now - wait + .seconds(index * 20)))
            }
        }
    }

    /// Somebody who waits for nothing begins something new.
    /// - Returns: the pause until then is the first act's; empty if all wait for an answer.
    package mutating func next() -> [Act] {
        let idle = people.indices.filter { pending[$0].isEmpty }
        guard let person = idle.randomElement(using: &random) else { return [] }
        let pause = random.duration(within: settings.interval)
        return begin(person).enumerated().map { index, content in
            Act(person: person, pause: index == 0 ? pause : typingTime(), message: ContactMessage(content))
        }
    }

    /// The pause until it is worth calling `next` again, when all wait for an answer.
    package mutating func idlePause() -> Duration { random.duration(within: settings.interval) }

    /// What a person says to an answer; nil if nothing more.
    package mutating func answer(of person: Int) -> Act? {
        guard people.indices.contains(person), !pending[person].isEmpty else { return nil }
        let line = pending[person].removeFirst()
        return Act(person: person, pause: random.duration(within: settings.answerAfter), message: .text(line))
    }

    private mutating func begin(_ person: Int) -> [ContactMessage.Content] {
        let language = languages[person]
        let stories = DemoStory.stories(in: language)
        let number = told[language, default: Int(settings.seed % UInt64(stories.count))]
        told[language] = number + 1
        let story = stories[number % stories.count]
        pending[person] = story.answers
        return story.opening
    }

    private mutating func typingTime() -> Duration { random.duration(within: .seconds(3) ... .seconds(9)) }
}
