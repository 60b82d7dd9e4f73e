package import DeskCore

extension GraphError {
    /// What the desk should do about it.
    ///
    /// - Parameter status: the HTTP status of the answer that carried it; nil for an error out of a webhook.
    package func failureClass(status: Int? = nil) -> DeliveryFailure.Class {
        if let subcode, let known = Self.classOfSubcode[Subcode(code: code, subcode: subcode)] { return known }
        if let known = Self.classOfCode[code] { return known }
        if let known = Self.classOfRange.first(where: { $0.codes.contains(code) }) { return known.class }
        return Self.guess(status: status, isTransient: isTransient)
    }

    package func failure(status: Int? = nil, retryAfter: Duration? = nil) -> DeliveryFailure {
        DeliveryFailure(failureClass(status: status), code: String(code), text: text, retryAfter: retryAfter)
    }

    /// Every code whose reaction is known by itself: the ones that a locale catalogue has words for.
    package static var knownCodes: [Int] { classOfCode.keys.sorted() }

    private static func guess(status: Int?, isTransient: Bool) -> DeliveryFailure.Class {
        switch status {
        case _ where isTransient: .transient
        case .some(500...): .transient
        case 429: .rate
        case 401, 403: .account
        default: .content
        }
    }

    private struct Subcode: Hashable {
        let code: Int
        let subcode: Int
    }

    private static let classOfSubcode: [Subcode: DeliveryFailure.Class] = [
        // Messenger and Instagram: outside the allowed window; no such person.
        Subcode(code: 10, subcode: 2_018_278): .window,
        Subcode(code: 100, subcode: 2_018_001): .recipient,
        // "Object does not exist or cannot be loaded due to missing permissions": our own number's id is wrong.
        Subcode(code: 100, subcode: 33): .account,
    ]

    private static let classOfCode: [Int: DeliveryFailure.Class] = {
        let groups: [(DeliveryFailure.Class, [Int])] = [
            (.transient, [1, 2, 131_000, 131_016, 131_057, 133_004]),
            (.rate, [4, 17, 32, 341, 613, 80_007, 130_429, 131_048, 131_056]),
            (.window, [131_047]),
            (
                .recipient,
                [551, 130_403, 130_472, 131_021, 131_026, 131_030, 131_049, 131_050, 131_062]
            ),
            (
                .content,
                [
                    100, 2_500, 131_008, 131_009, 131_051, 131_052, 131_053, 131_055, 131_058, 131_063, 131_064, 135_000,
                ]
            ),
            (
                .account,
                [
                    0, 3, 10, 33, 102, 190, 368, 130_497, 131_005, 131_031, 131_037, 131_042, 131_045, 133_005, 133_006, 133_008, 133_009,
                    133_010, 133_015, 133_016,
                ]
            ),
        ]
        return Dictionary(groups.flatMap { group in group.1.map { ($0, group.0) } }, uniquingKeysWith: { first, _ in first })
    }()

    private static let classOfRange: [(codes: ClosedRange<Int>, class: DeliveryFailure.Class)] = [
        (200...299, .account),
        (132_000...132_999, .content),
        (133_000...133_999, .account),
    ]
}
