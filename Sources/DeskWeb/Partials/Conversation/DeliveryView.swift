/// How far a message of ours has come: the ticks, their words, and what a person can still do.
package struct DeliveryView: Sendable {
    /// The states of a message that goes out; the raw values are those of the outside contract, and `undone`.
    package enum Status: String, Sendable, CaseIterable {
        case held, queued, sending, accepted, delivered, read, failed, unknown, undone
    }

    /// The status, as the style's modifier.
    package let status: String
    package let icon: DeliveryIcon
    /// "Entregado", for the title and for screen readers.
    package let words: String
    /// Why it failed, in words; shown beside the mark.
    package let failureWords: String?
    package let retryPath: String?
    /// Set while a person must say whether it was sent.
    package let decisionPath: String?
    /// Set while it can still be called back.
    package let undoPath: String?

    /// - Parameters:
    ///   - messageID: ours.
    ///   - calls: how often the provider was called so far: a decision is about the last of these calls.
    ///   - failure: why it failed, in words that a person can use.
    ///   - canRetry: whether trying again may help.
    package init(messageID: String, status: Status, calls: Int = 0, failure: String? = nil, canRetry: Bool = false, wording: Wording) {
        self.status = status.rawValue
        icon = DeliveryIcon(status)
        words = wording.text("delivery.\(status.rawValue)")
        failureWords = status == .failed ? failure ?? wording.text("delivery.failedReasonUnknown") : nil
        retryPath = status == .failed && canRetry ? "/messages/\(messageID)/retry?call=\(calls)" : nil
        decisionPath = status == .unknown ? "/messages/\(messageID)/resolution?call=\(calls)" : nil
        undoPath = status == .held ? "/messages/\(messageID)/undo" : nil
    }
}

/// Which of the drawings is shown; exactly one is true.
package struct DeliveryIcon: Sendable {
    package let isClock: Bool
    package let isTick: Bool
    package let isTicks: Bool
    package let isAlert: Bool
    package let isUndone: Bool

    init(_ status: DeliveryView.Status) {
        isClock = [.held, .queued, .sending].contains(status)
        isTick = status == .accepted
        isTicks = status == .delivered || status == .read
        isAlert = status == .failed || status == .unknown
        isUndone = status == .undone
    }
}
