package import ChannelKit
package import DeskCore
import MetaGraph

/// What Meta's answer to a call means.
///
/// The rule: Meta's own JSON decides. An error with a code is a sure refusal whatever the status; a 2xx without a message's id, or a
/// 5xx that Meta's application didn't write, leaves open whether the message was taken, and counts as unknown.
package enum WhatsAppAnswer {
    /// The fate of a message, from the answer to `POST …/messages`.
    package static func outcome(of response: EgressResponse) -> SendOutcome {
        let body = JSONParser.readable(response.body)
        if let failure = refusal(response, body) { return .rejected(failure) }
        guard 200..<300 ~= response.status else { return .unknown(reason: "HTTP \(response.status) without a reason of Meta's") }
        guard let id = body?["messages"]?.elements?.first?["id"]?.identifier else {
            return .unknown(reason: "HTTP \(response.status) without a message's id")
        }
        return .accepted(providerID: id)
    }

    /// The fate of a message whose call got no answer.
    package static func outcome(of failure: EgressFailure) -> SendOutcome {
        switch failure.reach {
        case .neverArrived: .rejected(DeliveryFailure(.transient, code: WhatsAppFailureCode.unreachable, text: failure.reason))
        case .mayHaveArrived: .unknown(reason: failure.reason)
        case .refusedByUs: .rejected(DeliveryFailure(.account, code: WhatsAppFailureCode.addressRefused, text: failure.reason))
        }
    }

    /// Why Meta surely did not do what was asked; nil if it did, or if that stays open.
    static func refusal(_ response: EgressResponse, _ body: JSONValue?) -> DeliveryFailure? {
        let retryAfter = retryAfter(response)
        if let error = body.flatMap(GraphError.init(answer:)) { return error.failure(status: response.status, retryAfter: retryAfter) }
        let text = "HTTP \(response.status)"
        let code = "http_\(response.status)"
        return switch response.status {
        case 408: nil
        case 429: DeliveryFailure(.rate, code: code, text: text, retryAfter: retryAfter)
        case 401, 403, 404: DeliveryFailure(.account, code: code, text: text)
        case 300..<400: DeliveryFailure(.account, code: code, text: text)
        case 400..<500: DeliveryFailure(.content, code: code, text: text)
        default: nil
        }
    }

    /// `Retry-After` in seconds; its other form, a date, is not used by Meta.
    private static func retryAfter(_ response: EgressResponse) -> Duration? {
        response.headers["retry-after"].flatMap(Int.init).flatMap { 0...86_400 ~= $0 ? Duration.seconds($0) : nil }
    }
}
