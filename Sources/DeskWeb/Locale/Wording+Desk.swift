package import DeskCore

/// The words for what the desk's inner rooms say in codes.
extension Wording {
    /// What an error means for the person at the screen, and what to do; general words for a code that has none of its own.
    /// - Parameter arguments: `limit` for `reply_too_long` and `attachment_too_large`; others need none.
    package func problem(_ code: DeskError.Code, _ arguments: [String: String] = [:]) -> String {
        let key = "problem.\(code.rawValue)"
        return catalogue.has(key) ? text(key, arguments) : text("problem.other", ["code": code.rawValue])
    }

    /// Why a message did not go out, with the provider's code for whoever helps.
    package func failure(_ failure: DeliveryFailure) -> String {
        let exact = "failure.code.\(failure.code)"
        let key = catalogue.has(exact) ? exact : "failure.\(failure.class.rawValue)"
        return text("failure.withCode", ["words": text(key), "code": failure.code])
    }

    /// What people call a channel, by its raw value ("whatsapp"); an unknown one as it is.
    package func channel(_ channel: String) -> String {
        let key = "channel.\(channel)"
        return catalogue.has(key) ? text(key) : channel
    }

    /// What people call a channel.
    package func channelName(_ channel: ChannelName) -> String { self.channel(channel.rawValue) }

    /// A channel and the inbox's own name: "WhatsApp · Mostrador".
    package func inbox(_ inbox: Inbox) -> String { "\(channelName(inbox.channel)) · \(inbox.name)" }

    /// A role by its raw value ("community_manager"); an edited role's own name as it is.
    package func role(_ role: String) -> String {
        let key = "role.\(role)"
        return catalogue.has(key) ? text(key) : role
    }

    /// What is wrong with a field of a form, and what to do.
    package func fieldProblem(_ problem: FieldProblem) -> String { text("field.\(problem.rawValue)") }

    /// Said on every page while a desk that was brought back from a backup sends nothing.
    package func holdNotice(backupAt: Instant) -> String { text("layout.onHold", ["moment": moment(backupAt)]) }

    /// What a screen reader is told when a message comes in.
    package func arrival(from contactName: String) -> String { text("announce.arrival", ["name": contactName]) }
}

/// What can be wrong with a field.
package enum FieldProblem: String, Sendable, CaseIterable {
    case required, email, passwordShort, passwordCommon, passwordWrong, tokenWrong, nameDiffers, tooLong, signInWrong, signInTooOften
}

extension Flash {
    /// What was done, for the notice after a redirect.
    package enum Deed: String, Sendable, CaseIterable {
        case settingsSaved, noteAdded, noReplyRecorded, snoozed, taken, released, undone, retrying, resolved, signed, welcome, connected
        case signedOut, noReplyTakenBack, promiseSettled, hoursSaved, retentionSaved, contactErased, incidentCleared, eventRetried,
            eventKept, deliveryReleased
        case agreementPublished, memberChanged, memberRevoked, revealed, classified, passwordChanged, appTurnedOff, deviceEnded
        case tokenRevoked, identityLinked, identityUnlinked, summarySaved, summaryOnItsWay, summaryEnded
    }

    package static func done(_ deed: Deed, wording: Wording) -> Flash { Flash(.done, wording.text("flash.\(deed.rawValue)")) }

    package static func problem(_ code: DeskError.Code, wording: Wording) -> Flash { Flash(.problem, wording.problem(code)) }
}

extension Fact {
    /// The usual facts about a contact or a part of the machine.
    package enum Kind: String, Sendable, CaseIterable {
        case address, channel, inbox, firstSeen, messageCount, lastReceived, lastSent, lag, size, version, freeSpace
    }

    package init(_ kind: Kind, _ value: String, wording: Wording) {
        self.init(label: wording.text("fact.\(kind.rawValue)"), value: value)
    }
}

extension ChecklistItem {
    /// The steps from an empty desk to a complete one.
    package enum Step: String, Sendable, CaseIterable {
        case channel, agreement, charter, shifts, people
    }

    package init(_ step: Step, isDone: Bool, path: String? = nil, wording: Wording) {
        self.init(label: wording.text("checklist.step.\(step.rawValue)"), isDone: isDone, path: path)
    }
}
