import DeskCore

/// Makes sessions with a server, and leaves it in peace for a while when it does not answer.
struct ServerAccess {
    private static let shortestPause = Duration.milliseconds(50)
    private static let longestPause = Duration.seconds(2)

    private let address: PostgresAddress
    private var pause = shortestPause
    private var refusal: (error: DeskError, until: ContinuousClock.Instant)?

    init(_ address: PostgresAddress) { self.address = address }

    /// - Throws: `storage_unavailable`, at once while the server is left in peace; `storage_refused`.
    mutating func open() throws(DeskError) -> PostgresLink {
        if let refusal, ContinuousClock.now < refusal.until { throw refusal.error }
        do {
            let link = try PostgresLink(address)
            (pause, refusal) = (Self.shortestPause, nil)
            return link
        } catch {
            refusal = (error, ContinuousClock.now + pause)
            pause = min(pause * 2, Self.longestPause)
            throw error
        }
    }

    /// How long nobody should ask again; a moment when the server has answered last.
    var remainingPause: Duration { refusal.map { max(.zero, $0.until - ContinuousClock.now) } ?? Self.shortestPause }
}
