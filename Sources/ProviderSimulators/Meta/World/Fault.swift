/// Something that is to go wrong, a number of times.
package struct Fault: Hashable, Sendable {
    /// Where in the world it strikes.
    enum Place: Hashable, Sendable { case send, media, webhook }

    package enum Effect: Hashable, Sendable {
        case refusal(GraphError)
        case htmlError
        case cutAfterAcceptance
        case cutBeforeAcceptance
        case delay(Duration)
        case asyncFailure(GraphError)
        case mediaRefusal(GraphError)
        case webhookDuplicate
        case webhookDropFirst
        case webhookReorder
        case webhookWrongSignature
        case webhookDelay(Duration)

        var place: Place {
            switch self {
            case .refusal, .htmlError, .cutAfterAcceptance, .cutBeforeAcceptance, .delay, .asyncFailure: .send
            case .mediaRefusal: .media
            case .webhookDuplicate, .webhookDropFirst, .webhookReorder, .webhookWrongSignature, .webhookDelay: .webhook
            }
        }

        /// The control API's word.
        package var name: String {
            switch self {
            case .refusal: "error"
            case .htmlError: "http_500_html"
            case .cutAfterAcceptance: "cut_after_acceptance"
            case .cutBeforeAcceptance: "cut_before_acceptance"
            case .delay: "delay"
            case .asyncFailure: "async_failure"
            case .mediaRefusal: "media_error"
            case .webhookDuplicate: "webhook_duplicate"
            case .webhookDropFirst: "webhook_drop_first"
            case .webhookReorder: "webhook_reorder"
            case .webhookWrongSignature: "webhook_wrong_signature"
            case .webhookDelay: "webhook_delay"
            }
        }
    }

    package internal(set) var id: Int
    package let effect: Effect
    package internal(set) var remaining: Int
    /// Strikes only what concerns this contact; nil for all.
    package let contactID: String?

    /// - Parameter times: how often it strikes, at least once.
    package init(_ effect: Effect, times: Int = 1, contactID: String? = nil) {
        id = 0
        self.effect = effect
        remaining = max(1, times)
        self.contactID = contactID
    }
}

/// The faults that are still to strike, in the order in which they were asked for.
struct FaultPlan: Sendable {
    private(set) var faults: [Fault] = []
    private var lastID = 0

    mutating func add(_ fault: Fault) -> Fault {
        lastID += 1
        var numbered = fault
        numbered.id = lastID
        faults.append(numbered)
        return numbered
    }

    mutating func clear() { faults = [] }

    /// Uses up the next fault of `place` for `contactID`.
    mutating func take(_ place: Fault.Place, contactID: String?) -> Fault.Effect? {
        let match = faults.firstIndex { fault in
            fault.effect.place == place && (fault.contactID == nil || fault.contactID == contactID)
        }
        guard let match else { return nil }
        let effect = faults[match].effect
        faults[match].remaining -= 1
        if faults[match].remaining == 0 { faults.remove(at: match) }
        return effect
    }
}
