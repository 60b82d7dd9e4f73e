/// When a place on earth sets its clocks: the core has no table of time zones, so it is handed in.
package protocol TimeZoneRules: Sendable {
    /// Seconds by which the wall clocks of a zone are ahead of UTC at an instant.
    /// - Parameter zone: an IANA name, as `Europe/Madrid`; one that nobody knows counts as UTC.
    func offset(of zone: String, at instant: Instant) -> Int64
}

/// The wall clocks of one zone.
package struct WallClock: Sendable {
    private static let day: Int64 = 86_400

    private let zone: String
    private let rules: any TimeZoneRules

    /// - Parameter zone: an IANA name.
    package init(zone: String, rules: any TimeZoneRules) {
        self.zone = zone
        self.rules = rules
    }

    /// The date on the wall at an instant.
    package func date(at instant: Instant) -> CivilDate {
        CivilDate(dayNumber: (instant.unixSeconds + rules.offset(of: zone, at: instant)).quotient(flooredBy: Self.day))
    }

    /// What the wall shows at an instant, as `10:21`.
    package func time(at instant: Instant) -> String {
        let second = (instant.unixSeconds + rules.offset(of: zone, at: instant))
        let minute = (second - second.quotient(flooredBy: Self.day) * Self.day) / 60
        return [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// Which of the two moments is meant when the clocks are set back and a time comes twice.
    package enum Occurrence: Sendable { case first, last }

    /// The moment at which the wall shows a time. A time that the clocks jump over is the moment of the jump.
    /// - Parameter minute: of the day; 1440 and more lie in the days after it.
    package func instant(_ date: CivilDate, minute: Int, _ occurrence: Occurrence) -> Instant {
        let wall = date.dayNumber * Self.day + Int64(minute) * 60
        let before = offset(at: wall - Self.day)
        let after = offset(at: wall + Self.day)
        let (early, late) = (min(wall - before, wall - after), max(wall - before, wall - after))
        switch (shows(wall, at: early), shows(wall, at: late)) {
        case (true, true): return Instant(unixSeconds: occurrence == .first ? early : late)
        case (true, false): return Instant(unixSeconds: early)
        case (false, true): return Instant(unixSeconds: late)
        case (false, false): return Instant(unixSeconds: jump(between: early, and: late))
        }
    }

    /// - Parameter local: a date and a time as browsers send them: `2026-11-30T10:00`.
    /// - Returns: nil for what is none.
    package func instant(local text: String) -> Instant? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(String(parts[0])) else { return nil }
        let time = parts[1].split(separator: ":").map { Int($0) }
        guard (2...3).contains(time.count), let hour = time[0], let minute = time[1], (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return instant(date, minute: hour * 60 + minute, .first)
    }

    private func shows(_ wall: Int64, at second: Int64) -> Bool { second + offset(at: second) == wall }

    private func offset(at second: Int64) -> Int64 { rules.offset(of: zone, at: Instant(unixSeconds: second)) }

    /// The first second after the clocks were set.
    private func jump(between early: Int64, and late: Int64) -> Int64 {
        let before = offset(at: early)
        var (low, high) = (early, late)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == before { low = middle } else { high = middle }
        }
        return high
    }
}
