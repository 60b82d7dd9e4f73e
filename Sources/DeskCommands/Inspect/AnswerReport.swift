import ChannelKit
import DeskCore
import MetaGraph
import WhatsAppChannel

/// What a provider's answer to a send means, in the words of `contesta inspect --answer`.
enum AnswerReport {
    static func describe(status: Int, body: [UInt8]) -> ReportObject {
        var report = ReportObject()
        switch WhatsAppAnswer.outcome(of: EgressResponse(status: status, body: body)) {
        case .accepted(let providerID):
            report.add("outcome", "sent")
            report.add("provider_message_id", providerID)
        case .rejected(let failure):
            report.add("outcome", word(for: failure.class))
            rejection(&report, failure, body)
        case .unknown(let reason):
            report.add("outcome", "unknown")
            report.add("reason", reason)
        }
        return report
    }

    private static func rejection(_ report: inout ReportObject, _ failure: DeliveryFailure, _ body: [UInt8]) {
        let error = JSONParser.readable(body).flatMap(GraphError.init(answer:))
        report.add("code", Int64(failure.code).map { .number(literal: String($0)) } ?? .string(failure.code))
        report.add("subcode", error?.subcode.map(Int64.init))
        report.add("class", failure.class.rawValue)
        report.add("retry_after_seconds", failure.retryAfter?.wholeSeconds)
        report.add("text", failure.text.isEmpty ? nil : failure.text)
    }

    private static func word(for class: DeliveryFailure.Class) -> String {
        switch `class` {
        case .transient, .rate: "retry_later"
        case .window: "needs_template"
        case .recipient, .content: "permanent"
        case .account: "account_error"
        }
    }
}
