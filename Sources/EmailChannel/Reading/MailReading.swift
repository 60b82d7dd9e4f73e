import DeskCore
import MailFormat

/// Says what a collected mail means to the desk. Pure: the same mail always says the same.
struct MailReading {
    private let settings: MailboxSettings
    private let marks: ReplyMark

    init(_ settings: MailboxSettings) {
        self.settings = settings
        marks = ReplyMark(settings)
    }

    /// - Parameter bytes: the mail, or its beginning; nil where the server did not give it.
    func events(of bytes: [UInt8]?, _ place: CollectedMail) -> [ChannelEvent] {
        if let own = place.ownMessageID.flatMap({ ownEvent(of: $0, place) }) { return [own] }
        guard let bytes else { return [ChannelEvent(payload: .malformed(reason: place.failure ?? "The mail is not there."))] }
        return events(of: MailReader.mail(in: bytes), bytes, place)
    }

    func events(of mail: Mail, _ bytes: [UInt8], _ place: CollectedMail) -> [ChannelEvent] {
        if let own = place.ownMessageID.flatMap({ ownEvent(of: $0, place) }) { return [own] }
        let letter = Letter(mail: mail, bytes: bytes, place: place, settings: settings, marks: marks)
        return place.role == .sent ? [letter.sentEvent] : letter.inboxEvents
    }

    /// What it means that a mail of ours lies among the sent ones; nil for one that is not ours.
    private func ownEvent(of id: String, _ place: CollectedMail) -> ChannelEvent? {
        if marks.isNotice(id) { return Letter.notice(place) }
        return marks.attempt(in: id).map { Letter.sent(id, $0, place) }
    }

    /// Whom a mail names, for its record.
    static func people(in mail: Mail) -> [String] {
        var known: Set<String> = []
        return (mail.from + mail.replyTo + mail.to + mail.cc).map(\.key).filter { known.insert($0).inserted }.prefix(100).map(\.self)
    }
}

/// One mail, with everything that is needed to understand it.
private struct Letter {
    let mail: Mail
    let bytes: [UInt8]
    let place: CollectedMail
    let settings: MailboxSettings
    let marks: ReplyMark

    private var ownKey: String { settings.address.lowercased() }
    private var judgement: MailJudgement { MailClassifier(ownAddresses: [settings.address]).judge(mail) }
    private var ownAttempt: String? { mail.messageID.flatMap(marks.attempt) }
    private var isNotice: Bool { mail.messageID.map(marks.isNotice) ?? false }

    // MARK: Sent

    /// A reply of ours that lies among the sent ones has surely gone.
    static func sent(_ id: String, _ attempt: String, _ place: CollectedMail) -> ChannelEvent {
        ChannelEvent(
            key: "sent:\(attempt)", occurredAt: place.arrivedAt,
            payload: .status(StatusUpdate(providerID: id, stage: .sent, callbackData: attempt)))
    }

    /// What the desk itself said, wherever it lies, is owed nothing and answers nothing.
    static func notice(_ place: CollectedMail) -> ChannelEvent {
        ChannelEvent(occurredAt: place.arrivedAt, payload: .ignored(reason: "a notice of this desk"))
    }

    /// What the principal wrote with another program.
    var sentEvent: ChannelEvent {
        if isNotice { return Self.notice(place) }
        if let attempt = ownAttempt, let id = mail.messageID { return Self.sent(id, attempt, place) }
        let others = (mail.to + mail.cc).filter { $0.key != ownKey }
        let received = ReceivedMessage(
            providerID: MailIdentity.of(mail, bytes),
            correspondent: Correspondent(identities: others.map { ProviderIdentity(.mailAddress, $0.key) }),
            content: content(automation: nil, warnings: []), threading: threading(joinsOnly: true))
        return event(.echo(received))
    }

    // MARK: Received

    var inboxEvents: [ChannelEvent] {
        let judgement = judgement
        if isNotice { return [Self.notice(place)] }
        if ownAttempt != nil { return [event(.ignored(reason: "a reply of this desk came back"))] }
        let automation = automation(judgement)
        let reported = judgement.originalMessageID.flatMap(marks.attempt)
        let received = message(automation, reportingOn: reported)
        let message = event(place.isHistory ? .history(received) : .message(received))
        guard !place.isHistory, let reported, let id = judgement.originalMessageID else { return [message] }
        return [report(judgement, of: reported, id), message].compactMap(\.self)
    }

    private func message(_ automation: MailAutomation?, reportingOn attempt: String?) -> ReceivedMessage {
        let sender = MailSender(mail, ownAddress: ownKey)
        var threading = threading(joinsOnly: false)
        if let attempt { threading.attempts.insert(attempt, at: 0) }
        return ReceivedMessage(
            providerID: MailIdentity.of(mail, bytes), correspondent: sender.correspondent,
            content: content(automation: automation, warnings: warnings(sender)), threading: threading)
    }

    private func automation(_ judgement: MailJudgement) -> MailAutomation? {
        switch judgement.class {
        case .normal, .ownOutgoing: nil
        case .autoReply: .automaticAnswer
        // Forms on web sites write in the name of nobody, and name the person who asks as the one to answer.
        case .autoGenerated: MailSender(mail, ownAddress: ownKey).isForm ? nil : .notification
        case .bulk: .list
        case .bounce: .bounce
        case .bounceDelayed: .delay
        case .deliverySuccess, .readReceipt: .receipt
        case .feedbackReport: .complaint
        }
    }

    private func report(_ judgement: MailJudgement, of attempt: String, _ id: String) -> ChannelEvent? {
        let key = "report:\(MailIdentity.of(mail, bytes))"
        switch judgement.class {
        case .bounce:
            let failed = judgement.recipients.filter { $0.action == nil || $0.action == .failed }
            let failure = DeliveryFailure(
                .recipient, code: failed.compactMap(\.status).first ?? "bounce",
                text: failed.compactMap(\.diagnostic).first ?? "The receiving server sent the mail back.")
            return status(.failed, of: attempt, id, key: key, failure, to: failed.map(\.address))
        case .deliverySuccess: return status(.delivered, of: attempt, id, key: key)
        case .readReceipt: return status(.read, of: attempt, id, key: key)
        case .normal, .autoReply, .autoGenerated, .bulk, .bounceDelayed, .feedbackReport, .ownOutgoing: return nil
        }
    }

    private func warnings(_ sender: MailSender) -> [MailWarning] {
        var warnings: [MailWarning] = []
        if mail.from.contains(where: \.nameFeignsAddress) { warnings.append(.nameFeignsAddress) }
        if authentication?.dmarc == "fail" { warnings.append(.failedAuthentication) }
        if mail.from.contains(where: { $0.key == ownKey }), authentication?.dmarc != "pass" { warnings.append(.feignsOwnAddress) }
        if sender.asksForAnswersElsewhere { warnings.append(.answersElsewhere) }
        return warnings
    }

    // MARK: Both

    private var authentication: MailAuthentication? {
        AuthenticationResults(mail.headers, trustedServer: settings.trustedServer).map {
            MailAuthentication(dmarc: $0.dmarc, spf: $0.spf, dkim: $0.dkim, server: $0.server)
        }
    }

    private func content(automation: MailAutomation?, warnings: [MailWarning]) -> MessageContent {
        MailWords(mail, source: place.source).content(
            MailContent(
                subject: mail.subject ?? "", from: mail.from.map(MailParty.init), to: mail.to.map(MailParty.init),
                cc: mail.cc.map(MailParty.init), replyTo: mail.replyTo.map(MailParty.init), messageID: mail.messageID,
                references: references, automation: automation, authentication: authentication, warnings: warnings,
                protection: MailProtection(mail).map { $0 == .signed ? .signed : .encrypted },
                calendar: mail.calendarEntry.map(MailCalendar.init), hasHTML: mail.html != nil,
                remoteImages: mail.html.flatMap { RemoteImages.count(in: $0) }, source: place.source, isTruncated: place.isTruncated))
    }

    /// The thread so far, each id once; what is answered stands last.
    private var references: [String] {
        var known: Set<String> = []
        return (mail.references.filter { !mail.inReplyTo.contains($0) } + mail.inReplyTo).filter { known.insert($0).inserted }
    }

    private func threading(joinsOnly: Bool) -> Threading {
        let newestFirst = Array(references.reversed().prefix(MailReading.mostMarks))
        return Threading(
            attempts: newestFirst.compactMap(marks.attempt), marks: newestFirst.filter { marks.attempt(in: $0) == nil },
            mark: mail.messageID, joinsOnly: joinsOnly)
    }

    private func event(_ payload: ChannelEvent.Payload, key: String? = nil) -> ChannelEvent {
        ChannelEvent(key: key, occurredAt: place.arrivedAt ?? mail.date, payload: payload)
    }

    private func status(
        _ stage: StatusUpdate.Stage, of attempt: String, _ id: String, key: String, _ failure: DeliveryFailure? = nil,
        to recipients: [String] = []
    ) -> ChannelEvent {
        let correspondent = recipients.isEmpty ? nil : Correspondent(identities: recipients.map { ProviderIdentity(.mailAddress, $0) })
        return event(
            .status(StatusUpdate(providerID: id, stage: stage, recipient: correspondent, callbackData: attempt, failure: failure)), key: key
        )
    }
}

extension MailReading {
    /// Ids of a thread that are looked up: the newest say most.
    static let mostMarks = 30

    /// By which a mail in the Sent folder shows that it belongs to something here, from its header alone.
    func marks(in mail: Mail) -> (attempts: [String], others: [String]) {
        let all = mail.inReplyTo + mail.references.reversed().prefix(Self.mostMarks)
        return (all.compactMap(marks.attempt), all.filter { marks.attempt(in: $0) == nil })
    }

    /// Whether an id is one of a mail of ours.
    func isOwn(_ messageID: String) -> Bool { marks.attempt(in: messageID) != nil || marks.isNotice(messageID) }
}

extension MailParty {
    init(_ address: MailAddress) { self.init(name: address.name, address: address.address) }
}
