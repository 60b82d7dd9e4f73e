/// Until when a channel lets us answer, counted from the contact's last message by the provider's clock.
package enum ReplyWindow: Hashable, Sendable {
    case unlimited
    case open(closesAt: Instant)
    case closed(since: Instant)
    /// The contact never wrote: there is nothing to answer.
    case neverOpened

    /// - Parameters:
    ///   - length: the channel's rule; nil where it sets no end.
    ///   - lastInboundAt: the provider's time of the contact's newest message. A time in the future counts as now.
    package init(length: Duration?, lastInboundAt: Instant?, now: Instant) {
        guard let length else {
            self = .unlimited
            return
        }
        guard let lastInboundAt else {
            self = .neverOpened
            return
        }
        let closesAt = min(lastInboundAt, now) + length
        self = now < closesAt ? .open(closesAt: closesAt) : .closed(since: closesAt)
    }

    package var isOpen: Bool {
        switch self {
        case .unlimited, .open: true
        case .closed, .neverOpened: false
        }
    }

    package var closesAt: Instant? {
        switch self {
        case .open(let instant), .closed(let instant): instant
        case .unlimited, .neverOpened: nil
        }
    }

    /// - Throws: `reply_window_closed`, saying since when.
    package func requireOpen() throws(DeskError) {
        guard !isOpen else { return }
        throw DeskError(
            .replyWindowClosed,
            message: "The channel no longer lets us answer this contact until they write again. Nothing was sent; the text is kept.")
    }
}
