/// Reports about mails of ours.
enum ReportRules {
    static func finding(_ mail: Mail, _ report: DeliveryReport) -> Finding? {
        if mail.has("message/feedback-report") || mail.reportType == "feedback-report" {
            return Finding(.feedbackReport, "feedback report (RFC 5965)")
        }
        if mail.has("message/disposition-notification") || mail.reportType == "disposition-notification" {
            return Finding(.readReceipt, "disposition notification (RFC 8098)")
        }
        if let found = delivery(mail, report) { return found }
        if mail.headers.contains("X-Failed-Recipients") { return Finding(.bounce, "X-Failed-Recipients") }
        return words(mail, report)
    }

    private static func delivery(_ mail: Mail, _ report: DeliveryReport) -> Finding? {
        let isReport = report.hasStatusPart || mail.reportType == "delivery-status"
        guard isReport else { return nil }
        let actions = report.recipients.map(\.effectiveAction)
        let reason = "delivery status: " + (actions.isEmpty ? "no fields" : actions.map(\.rawValue).joined(separator: ", "))
        if actions.isEmpty || actions.contains(.failed) { return Finding(.bounce, reason) }
        return Finding(actions.contains(.delayed) ? .bounceDelayed : .deliverySuccess, reason)
    }

    /// Reports of programs that know no RFC 3464: a system's sender, and words that only such reports begin with.
    private static func words(_ mail: Mail, _ report: DeliveryReport) -> Finding? {
        let subject = (mail.subject ?? "").lowercased()
        let opening = mail.readableText.prefix(4_000).lowercased()
        let isSystem = mail.from.contains { SenderRules.isMailSystem($0.localPart) }
        let isCertain = BounceWords.isCertain(opening) || BounceWords.isCertain(subject: subject, opening)
        // Looked for only where it counts: most mails are from people, and this looks for much.
        lazy var isNamed = BounceWords.subjects.contains(where: subject.contains)
        guard isSystem || isCertain || (mail.hasNullReturnPath && isNamed && AbsenceWords.finding(mail) == nil) else { return nil }
        if BounceWords.delays.contains(where: subject.contains) || BounceWords.openingsOfDelays.contains(where: opening.contains) {
            return Finding(.bounceDelayed, "a mail system's notice of delay")
        }
        if isNamed { return Finding(.bounce, "a mail system's notice: \(mail.subject ?? "")") }
        let isTold = BounceWords.openings.contains(where: opening.contains)
        return isTold ? Finding(.bounce, "a mail system's notice of failure") : nil
    }
}

extension Mail {
    func has(_ mediaType: String) -> Bool { parts.contains { $0.mediaType == mediaType } }

    /// `report-type` of a multipart/report (RFC 6522), in lower case.
    var reportType: String? {
        let type = ContentType(headers)
        guard type.mediaType == "multipart/report" else { return nil }
        return type.parameters["report-type"]?.lowercased()
    }

    /// The empty sender that reports and automatic answers travel with.
    var hasNullReturnPath: Bool { headers.first("Return-Path").map { $0.bytes.filter { !$0.isBlank } == Array("<>".utf8) } ?? false }
}

/// What mail systems say, in lower case.
enum BounceWords {
    static let subjects = [
        "undeliver", "delivery status notification", "delivery failure", "delivery failed", "delivery has failed", "failure notice",
        "mail delivery failed", "mail delivery failure", "mail delivery subsystem", "mail delivery system", "mail delivery problem",
        "returned mail", "returned to sender", "return to sender", "could not be delivered", "couldn't be delivered", "not delivered",
        "non-delivery", "nondelivery", "non remis", "non remise", "mail system error", "message undeliverable", "message you sent blocked",
        "unzustellbar", "zustellung", "nicht zugestellt", "unable to deliver", "rejected mail", "mail rejected", "email rejected",
        "no se pudo entregar", "no se puede entregar", "no entregado", "devuelto", "devolución", "devolvido", "não entregue",
        "não foi possível entregar", "falha na entrega", "échec de remise", "impossibile recapitare", "mancata consegna",
        "недоставлен", "не доставлено", "配信不能", "配信できません", "未配信", "无法投递", "退信", "系统退信", "bounce", "message delivery failure",
        "delivery notification", "delivery report", "unknown user", "user unknown", "mailbox full", "error sending your mail", "dsn:",
        "warning: could not send message", "your message could not", "email delivery failure", "fehlgeschlagen", "onbestelbaar",
    ]

    static let delays = [
        "(delay)", "delayed", "still being retried", "will be retried", "verzögert", "retardé", "demorad", "retrasad", "atrasad",
    ]

    static let openingsOfDelays = [
        "this is a warning message only", "you do not need to resend your message", "you do not need to resend",
        "has not yet been delivered",
        "could not yet be delivered",
    ]

    static let openings = [
        "this is the qmail-send program", "this is the mail system at host", "this is the postfix program",
        "this message was created automatically by mail delivery software", "this is the mail delivery agent",
        "could not be delivered", "couldn't be delivered", "was not delivered", "unable to deliver", "wasn't able to deliver",
        "delivery to the following recipient", "delivery has failed", "undeliverable", "permanent fatal errors",
        "the following addresses had", "did not reach the following recipient", "failed permanently", "was undeliverable",
        "reason for the problem", "message could not be", "cannot be delivered", "no such user", "user unknown", "mailbox unavailable",
        "does not exist", "mail could not", "delivery failed", "el mensaje no pudo", "no se pudo entregar", "nicht zugestellt",
    ]

    private static let certainSubjects = [
        "undelivered mail returned to sender", "mail delivery failed: returning message", "returned mail: ",
        "delivery status notification (",
        "undeliverable: ", "undeliverable mail", "undeliverable message", "delivery notification: delivery has failed",
        "mail system error - returned mail", "failure notice",
    ]

    /// What only mail systems call a mail, above an address that they couldn't reach.
    static func isCertain(subject: String, _ opening: String) -> Bool {
        certainSubjects.contains(where: subject.hasPrefix) && opening.contains("@") && openings.contains(where: opening.contains)
    }

    /// What nobody begins a mail with by hand, whoever the sender is.
    static func isCertain(_ opening: String) -> Bool {
        ["hi. this is the qmail-send program", "this message was created automatically by mail delivery software"]
            .contains(where: opening.trimmed.hasPrefix)
    }
}
