import Hummingbird

/// Every call of `/api/v1`, save the event stream.
struct APIRoutes {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        PeopleCalls(parts: parts).add(to: router)
        MemberCalls(parts: parts).add(to: router)
        TokenCalls(parts: parts).add(to: router)
        ReadingCalls(parts: parts).add(to: router)
        ReadingLogCalls(parts: parts).add(to: router)
        DataCalls(parts: parts).add(to: router)
        ReplyCalls(parts: parts).add(to: router)
        ReactionCalls(parts: parts).add(to: router)
        TendingCalls(parts: parts).add(to: router)
        ObligationCalls(parts: parts).add(to: router)
        LedgerCalls(parts: parts).add(to: router)
        CareCalls(parts: parts).add(to: router)
    }
}
