import DeskCore

/// A delivery state in two columns: its name, and what only some states carry.
struct DeliveryColumns {
    let name: String
    let details: String?

    private struct Details: Codable {
        var failure: DeliveryFailure?
        var reason: String?
    }

    init(_ state: DeliveryState) throws(DeskError) {
        name = state.name
        switch state {
        case .failed(let failure): details = try JSONText.encode(Details(failure: failure))
        case .unknown(let reason): details = try JSONText.encode(Details(reason: reason))
        case .held, .queued, .sending, .accepted, .delivered, .read, .undone: details = nil
        }
    }

    private static let plain: [String: DeliveryState] = Dictionary(
        uniqueKeysWithValues: [.held, .queued, .sending, .accepted, .delivered, .read, .undone].map { state in (state.name, state) })

    static func state(_ name: String, details: String?) throws(DeskError) -> DeliveryState {
        if let state = plain[name] { return state }
        let details: Details? = if let details { try JSONText.decode(details) } else { nil }
        if let failure = details?.failure, name == "failed" { return .failed(failure) }
        if let reason = details?.reason, name == "unknown" { return .unknown(reason: reason) }
        throw .storageFault("“\(name)” is no state of a delivery")
    }
}

extension SQLRow {
    func delivery(_ column: String, details: String) throws(DeskError) -> DeliveryState {
        try DeliveryColumns.state(try text(column), details: try optionalSealedText(details))
    }

    func optionalDelivery(_ column: String, details: String) throws(DeskError) -> DeliveryState? {
        try optionalText(column) == nil ? nil : try delivery(column, details: details)
    }
}
