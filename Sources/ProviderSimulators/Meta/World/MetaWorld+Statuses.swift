package import DeskCore

/// Statuses: what Meta reports of the messages that it accepted.
extension MetaWorld {
    /// Plans what the policy says will happen to a message that was just accepted.
    mutating func planStatuses(of messageID: String, type: String, failure: GraphError?, at now: Instant) {
        if let failure {
            report("failed", of: messageID, failure: failure, at: now + behaviour.sentAfter)
            return
        }
        guard behaviour.statuses == .auto else {
            note(unread: messageID)
            return
        }
        let steps = planned(type: type, contactID: messages[messageID]?.contactID)
        let times = steps.map(\.after).sorted()
        let order = behaviour.statusOrder == .shuffled ? identifiers.shuffle(steps) : steps
        for (step, time) in zip(order, times) {
            report(step.status, of: messageID, at: now + time, happenedAt: now + step.after)
        }
        if !steps.contains(where: { $0.status == "read" }) { note(unread: messageID) }
    }

    /// Reactions are only ever reported as sent (Cloud API, "Reaction messages").
    private func planned(type: String, contactID: String?) -> [(status: String, after: Duration)] {
        var steps = [("sent", behaviour.sentAfter)]
        guard type != "reaction" else { return steps }
        steps.append(("delivered", behaviour.deliveredAfter))
        if contact(id: contactID)?.sendsReadReceipts == true { steps.append(("read", behaviour.readAfter)) }
        return steps
    }

    /// The contact opens the chat and reads everything of ours.
    /// - Returns: the messages that are reported as read; none if the contact sends no read receipts.
    package mutating func read(by contactID: String, at now: Instant) throws(ControlError) -> [String] {
        let contact = try contact(contactID)
        update(contactID) { $0.unread = [] }
        guard contact.sendsReadReceipts else { return [] }
        for messageID in contact.unread { report("read", of: messageID, at: now) }
        return contact.unread
    }

    /// Reports a status now, whatever the policy.
    package mutating func setStatus(_ status: String, of messageID: String, errorCode: Int?, at now: Instant) throws(ControlError) {
        guard messages[messageID]?.receipt != nil else { throw .unknown("sent message", messageID) }
        guard ["sent", "delivered", "read", "played", "failed"].contains(status) else {
            throw ControlError("There is no status \(status).")
        }
        let failure = status == "failed" ? GraphError(code: errorCode ?? 131_026) : nil
        report(status, of: messageID, failure: failure, at: now)
    }

    private mutating func report(
        _ status: String, of messageID: String, failure: GraphError? = nil, at due: Instant, happenedAt: Instant? = nil
    ) {
        guard let known = messages[messageID], let receipt = known.receipt else { return }
        receipts[receipt].statuses.append(status)
        if failure != nil { receipts[receipt].reachedContact = false }
        let contact = contact(id: known.contactID)
        var item: [String: JSONValue?] = [
            "id": .string(messageID), "status": .string(status), "timestamp": .string("\((happenedAt ?? due).unixSeconds)"),
            "recipient_id": recipientID(of: contact, receipt: receipts[receipt]).map(JSONValue.string),
            "recipient_user_id": contact?.visibleUserID.map(JSONValue.string),
            "biz_opaque_callback_data": receipts[receipt].callbackData.map(JSONValue.string),
        ]
        if let failure {
            item["errors"] = [failure.webhookItem]
        } else {
            item["pricing"] = ["billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"]
        }
        let notice = WebhookNotice.status(.object(present: item), contact: failure == nil ? contact?.webhookItem : nil)
        plan([notice], contactID: known.contactID, due: due)
    }

    private func recipientID(of contact: MetaContact?, receipt: Receipt) -> String? {
        if let contact { return contact.visiblePhone }
        let digits = MetaWorld.digits(receipt.recipient)
        return receipt.recipient.contains(".") || digits.isEmpty ? nil : digits
    }

    private mutating func note(unread messageID: String) {
        guard let contactID = messages[messageID]?.contactID else { return }
        update(contactID) { $0.unread.append(messageID) }
    }
}
