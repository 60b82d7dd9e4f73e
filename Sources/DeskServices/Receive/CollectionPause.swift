import DeskCore

/// How long an inbox is left alone after its provider failed, longer and longer while that goes on.
struct CollectionPause: Hashable {
    private static let shortest = Duration.seconds(1)
    private static let longest = Duration.seconds(300)
    /// The longest where everything could be looked through before: such a server is there, only its lines don't last.
    private static let longestAfterLook = Duration.seconds(15)
    /// After a failure that only a person can mend: servers lock accounts out that try a wrong password again and again.
    private static let forPeople = Duration.seconds(900)

    private var next = shortest

    /// - Parameters:
    ///   - lasted: how long the provider was collected from until it failed.
    ///   - hasLooked: whether everything was looked through meanwhile.
    mutating func after(_ failure: CollectionFailure, lasted: Duration, hasLooked: Bool) -> Duration {
        guard failure.isTransient else { return Self.forPeople }
        if lasted > Self.longest { next = Self.shortest }
        let pause = min(next, hasLooked ? Self.longestAfterLook : Self.longest)
        next = min(pause * 2, Self.longest)
        return pause
    }
}
