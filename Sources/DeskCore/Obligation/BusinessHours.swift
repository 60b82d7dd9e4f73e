/// When a desk is open, by the wall clocks of its zone. Time counts towards an answer's deadline only while it is open.
package struct BusinessHours: Hashable, Sendable {
    /// A stretch of opening time, in minutes of the day on which it begins.
    package struct Stretch: Hashable, Sendable {
        package static let wholeDay = Stretch(opens: 0, closes: 1_440)

        /// 0 ..< 1440.
        package let opens: Int
        /// Later than `opens`, by a day at most: more than 1440 lies in the next day.
        package let closes: Int

        private init(opens: Int, closes: Int) {
            self.opens = opens
            self.closes = closes
        }

        /// - Parameter text: as `09:00-13:00`; `22:00-02:00` ends in the next day, and `00:00-24:00` is all day.
        /// - Returns: nil for what is no stretch of time.
        package init?(_ text: String) {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
            guard ends.count == 2, let opens = ends[0], let closes = ends[1], opens < 1_440, opens != closes else { return nil }
            self.init(opens: opens, closes: closes > opens ? closes : closes + 1_440)
        }

        package var text: String { "\(Self.words(opens))-\(closes > 1_440 ? Self.words(closes - 1_440) : Self.words(closes))" }

        private static func minute(_ text: Substring) -> Int? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].utf8.count == 2, (1...2).contains(parts[0].utf8.count),
                text.utf8.allSatisfy({ (48...58).contains($0) }), let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
            else { return nil }
            let total = hour * 60 + minute
            return total <= 1_440 ? total : nil
        }

        private static func words(_ minute: Int) -> String {
            let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
            return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
        }
    }

    package static let aroundTheClock = BusinessHours(week: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [.wholeDay]) }))

    /// Two years of daily exceptions.
    private static let mostExceptions = 732
    private static let mostStretches = 8
    /// In days: nothing is due further off, however seldom the desk opens.
    private static let horizon: Int64 = 3_650

    /// In the order of the day; a weekday that is missing is closed.
    package let week: [Weekday: [Stretch]]
    /// What holds instead on single dates; an empty list is closed.
    package let exceptions: [CivilDate: [Stretch]]

    private init(week: [Weekday: [Stretch]]) {
        self.week = week
        exceptions = [:]
    }

    /// - Throws: `invalid_request` for a week that never opens, and for more than anybody needs.
    package init(week: [Weekday: [Stretch]], exceptions: [CivilDate: [Stretch]] = [:]) throws(DeskError) {
        let days = Array(week.values) + Array(exceptions.values)
        guard week.values.contains(where: { !$0.isEmpty }) else {
            throw DeskError(.invalidRequest, message: "A desk opens at least once a week. Nothing was changed.")
        }
        guard exceptions.count <= Self.mostExceptions, days.allSatisfy({ $0.count <= Self.mostStretches }) else {
            throw DeskError(
                .invalidRequest,
                message: "A day has at most \(Self.mostStretches) opening times, and there are at most \(Self.mostExceptions) exceptions. "
                    + "Nothing was changed.")
        }
        self.week = week.filter { !$0.value.isEmpty }.mapValues { $0.sorted { $0.opens < $1.opens } }
        self.exceptions = exceptions.mapValues { $0.sorted { $0.opens < $1.opens } }
    }

    package var isAroundTheClock: Bool { self == .aroundTheClock }

    package func stretches(on date: CivilDate) -> [Stretch] { exceptions[date] ?? week[date.weekday] ?? [] }

    /// The moment at which so much open time has passed. Grows with `start` and with `span`, whatever the clocks on the wall do.
    /// - Parameters:
    ///   - span: open time; more than nothing.
    ///   - start: may lie outside the opening time.
    package func instant(_ span: Duration, after start: Instant, on wall: WallClock) -> Instant {
        guard !isAroundTheClock, span > .zero else { return start + max(span, .zero) }
        let (today, latest) = (wall.date(at: start), start + .seconds(Self.horizon * 86_400))
        var left = span
        var reached = start
        for day in -1...Self.horizon + 1 {
            let date = today.adding(days: day)
            for stretch in stretches(on: date) {
                let opens = max(reached, wall.instant(date, minute: stretch.opens, .first))
                let closes = wall.instant(date, minute: stretch.closes, .last)
                guard closes > opens else { continue }
                guard left > closes - opens else { return min(opens + left, latest) }
                left -= closes - opens
                reached = closes
            }
        }
        return latest
    }
}
