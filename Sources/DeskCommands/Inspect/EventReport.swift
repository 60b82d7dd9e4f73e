import DeskCore
import MetaGraph

/// The desk's events in the words of `contesta inspect`.
enum EventReport {
    /// The events that are about something; a body with nothing inside reports none.
    static func describe(_ events: [ChannelEvent]) -> JSONValue {
        .array(events.compactMap { describe($0)?.value })
    }

    private static func describe(_ event: ChannelEvent) -> ReportObject? {
        var report = ReportObject()
        switch event.payload {
        case .message(let message):
            head(&report, event, message.providerID)
            inbound(&report, message, kind: message.content.kind == .unsupported ? "unsupported_message" : "message")
        case .echo(let message):
            head(&report, event, message.providerID)
            outbound(&report, message, kind: "echo")
        case .edit(let revision), .deletion(let revision):
            head(&report, event, revision.providerID)
            self.revision(&report, revision)
        case .reaction(let reaction):
            head(&report, event, reaction.providerID)
            self.reaction(&report, reaction)
        case .status(let update):
            head(&report, event, update.providerID)
            status(&report, update)
        case .system(let notice):
            head(&report, event, notice.providerID)
            system(&report, notice)
        case .history(let message):
            head(&report, event, message.providerID)
            history(&report, message)
        case .accountProblem(let codes, let text):
            head(&report, event, nil)
            report.add("kind", "account_error")
            report.add("error_codes", numbers: codes)
            report.add("text", text.isEmpty ? nil : text)
        case .ignored(let reason):
            return ignored(event, reason)
        case .malformed(let reason):
            head(&report, event, nil)
            report.add("kind", "malformed")
            report.add("reason", reason)
        }
        return report
    }

    private static func head(_ report: inout ReportObject, _ event: ChannelEvent, _ messageID: String?) {
        report.add("account_id", event.account)
        report.add("message_id", messageID)
        report.add("timestamp", event.occurredAt?.unixSeconds)
    }

    /// A whole field that the desk acknowledges and leaves; a detail within one of ours; or nothing to tell of.
    private static func ignored(_ event: ChannelEvent, _ reason: String) -> ReportObject? {
        guard let topic = event.topic else { return nil }
        var report = ReportObject()
        report.add("kind", reason == topic ? "other_field" : "unknown")
        report.add("field", topic)
        report.add("reason", reason == topic ? nil : reason)
        return report
    }
}

// MARK: - Messages

extension EventReport {
    private static func inbound(_ report: inout ReportObject, _ message: ReceivedMessage, kind: String) {
        report.add("group_id", message.group)
        report.add("sender", object: PersonReport.describe(message.correspondent))
        report.add("kind", kind)
        ContentReport.describe(message.content, into: &report)
        report.add("direction", "in")
    }

    private static func outbound(_ report: inout ReportObject, _ message: ReceivedMessage, kind: String) {
        report.add("group_id", message.group)
        report.add("recipient", object: PersonReport.describe(message.correspondent))
        report.add("kind", kind)
        ContentReport.describe(message.content, into: &report)
        report.add("direction", "out")
    }

    private static func history(_ report: inout ReportObject, _ message: ReceivedMessage) {
        let kind = message.isLateMedia ? "history_media" : "history_message"
        if message.isFromPrincipal {
            outbound(&report, message, kind: kind)
        } else {
            inbound(&report, message, kind: kind)
        }
    }

    private static func revision(_ report: inout ReportObject, _ revision: Revision) {
        let kind = revision.content == nil ? "delete" : "edit"
        report.add(revision.isEcho ? "recipient" : "sender", object: PersonReport.describe(revision.correspondent))
        report.add("kind", revision.isEcho ? "echo_\(kind)" : kind)
        report.add("target_message_id", revision.originalProviderID)
        if let content = revision.content { ContentReport.describe(content, into: &report) }
        report.add("direction", revision.isEcho ? "out" : "in")
    }

    private static func reaction(_ report: inout ReportObject, _ reaction: Reaction) {
        report.add(reaction.isEcho ? "recipient" : "sender", object: PersonReport.describe(reaction.correspondent))
        report.add("kind", reaction.emoji == nil ? "reaction_removed" : "reaction")
        report.add("target_message_id", reaction.targetProviderID)
        report.add("emoji", reaction.emoji)
        report.add("direction", reaction.isEcho ? "out" : "in")
    }
}

// MARK: - Statuses and notices

extension EventReport {
    private static func status(_ report: inout ReportObject, _ update: StatusUpdate) {
        report.add("kind", "status")
        report.add("status", update.stage.rawValue)
        report.add("group_id", update.group)
        report.add("recipient", object: update.recipient.map(PersonReport.describe))
        report.add("error_codes", numbers: update.providerErrorCodes)
        report.add("failure_class", update.failure?.class.rawValue)
        report.add("biz_opaque_callback_data", update.callbackData)
    }

    private static func system(_ report: inout ReportObject, _ notice: SystemNotice) {
        report.add("sender", object: PersonReport.describe(notice.correspondent))
        report.add("kind", "system")
        report.add("system_type", notice.type)
        report.add("text", notice.text.isEmpty ? nil : notice.text)
        report.add("new_phone", notice.newIdentities.first { $0.scheme == .phone }?.value)
        report.add("new_bsuid", notice.newIdentities.first { $0.scheme == .businessScoped }?.value)
    }
}
