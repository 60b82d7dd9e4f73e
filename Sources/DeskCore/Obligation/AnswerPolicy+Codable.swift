/// The policy as settings, programs and the store write it down; minutes throughout.
///
/// ```json
/// {"target_minutes": 60, "hours": {"mon": ["09:00-13:00", "15:00-19:00"]}, "exceptions": {"2026-12-25": []},
///  "channels": {"whatsapp": 30}, "inboxes": {"…": 15}, "escalation": {"supervisor_minutes": 0, "principal_minutes": null}}
/// ```
///
/// Without `hours` the desk is open around the clock.
extension AnswerPolicy: Codable {
    private enum Key: String, CodingKey {
        case hours, exceptions, channels, inboxes, escalation
        case target = "target_minutes"
    }

    private enum StepKey: String, CodingKey {
        case supervisor = "supervisor_minutes"
        case principal = "principal_minutes"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let channels = try container.decodeIfPresent([String: Int].self, forKey: .channels) ?? [:]
        let inboxes = try container.decodeIfPresent([String: Int].self, forKey: .inboxes) ?? [:]
        try self.init(
            target: Self.span(try container.decode(Int.self, forKey: .target)),
            hours: try Self.hours(
                week: try container.decodeIfPresent([String: [String]].self, forKey: .hours),
                exceptions: try container.decodeIfPresent([String: [String]].self, forKey: .exceptions) ?? [:]),
            channelTargets: Dictionary(
                uniqueKeysWithValues: channels.map { (ChannelName(rawValue: $0.key), Self.span($0.value)) }),
            inboxTargets: Dictionary(uniqueKeysWithValues: inboxes.map { (Inbox.ID($0.key), Self.span($0.value)) }),
            escalation: try Self.steps(in: container))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(target.wholeMinutes, forKey: .target)
        try container.encode(hours.isAroundTheClock ? nil : hours.weekWords, forKey: .hours)
        try container.encode(hours.exceptionWords, forKey: .exceptions)
        try container.encode(channelTargets.words { $0.rawValue }, forKey: .channels)
        try container.encode(inboxTargets.words { $0.text }, forKey: .inboxes)
        var steps = container.nestedContainer(keyedBy: StepKey.self, forKey: .escalation)
        try steps.encode(escalation.supervisorAfter.wholeMinutes, forKey: .supervisor)
        try steps.encode(escalation.principalAfter?.wholeMinutes, forKey: .principal)
    }

    private static func steps(in container: KeyedDecodingContainer<Key>) throws -> EscalationSteps {
        guard container.contains(.escalation) else { return EscalationSteps() }
        let steps = try container.nestedContainer(keyedBy: StepKey.self, forKey: .escalation)
        return try EscalationSteps(
            supervisorAfter: span(try steps.decodeIfPresent(Int.self, forKey: .supervisor) ?? 0),
            principalAfter: try steps.decodeIfPresent(Int.self, forKey: .principal).map(span))
    }

    /// What is far too large stays so, and is refused.
    private static func span(_ minutes: Int) -> Duration { .minutes(min(max(minutes, -1), 10_000_000)) }

    /// Opening times as people write them down.
    /// - Parameters:
    ///   - week: opening times by weekday (`mon` … `sun`); nil: around the clock.
    ///   - exceptions: opening times by date; an empty list is closed.
    /// - Throws: `invalid_request`, naming what is no day or no opening time.
    package static func hours(week: [String: [String]]?, exceptions: [String: [String]] = [:]) throws(DeskError) -> BusinessHours {
        var days = BusinessHours.aroundTheClock.week
        if let week {
            days = [:]
            for (word, times) in week {
                guard let day = Weekday(rawValue: word) else { throw unreadable(word, like: "mon, tue, wed, thu, fri, sat or sun") }
                days[day] = try stretches(times)
            }
        }
        var dates: [CivilDate: [BusinessHours.Stretch]] = [:]
        for (word, times) in exceptions {
            guard let date = CivilDate(word) else { throw unreadable(word, like: "2026-12-25") }
            dates[date] = try stretches(times)
        }
        return try BusinessHours(week: days, exceptions: dates)
    }

    private static func stretches(_ times: [String]) throws(DeskError) -> [BusinessHours.Stretch] {
        var stretches: [BusinessHours.Stretch] = []
        for time in times {
            guard let stretch = BusinessHours.Stretch(time) else { throw unreadable(time, like: "09:00-13:00") }
            stretches.append(stretch)
        }
        return stretches
    }

    private static func unreadable(_ word: String, like example: String) -> DeskError {
        DeskError(.invalidRequest, message: "“\(word)” can't be read; write it like \(example). Nothing was changed.")
    }
}

extension BusinessHours {
    /// Opening times by weekday, as they are written down.
    package var weekWords: [String: [String]] {
        Dictionary(uniqueKeysWithValues: week.map { ($0.key.rawValue, $0.value.map(\.text)) })
    }

    /// Opening times by date, as they are written down; an empty list is closed.
    package var exceptionWords: [String: [String]] {
        Dictionary(uniqueKeysWithValues: exceptions.map { ($0.key.text, $0.value.map(\.text)) })
    }
}

extension Duration {
    /// Rounded toward zero.
    package var wholeMinutes: Int { Int(wholeSeconds / 60) }
}

extension Dictionary where Value == Duration {
    fileprivate func words(_ name: (Key) -> String) -> [String: Int] {
        reduce(into: [:]) { $0[name($1.key)] = $1.value.wholeMinutes }
    }
}
