package import DeskCore

/// `POST /{phone}/messages`: what a client sends, and what becomes of it.
extension MetaWorld {
    /// Takes or refuses a message, a read mark or a typing indicator.
    package mutating func send(_ request: JSONValue, from node: String, at now: Instant) -> GraphAnswer {
        guard node == account.phoneNumberID else { return refusal(.unknownNode(node)) }
        if request["status"] != nil { return mark(request, at: now) }
        let address = try? OutgoingRequest.address(in: request)
        let contact = address.flatMap(contact(at:))
        switch faults.take(.send, contactID: contact?.id) {
        case .refusal(let error): return refuse(request, contact: contact, with: error, at: now)
        case .htmlError:
            note(refused: request, contact: contact, code: nil, at: now)
            return .serverTrouble
        case .cutBeforeAcceptance:
            note(refused: request, contact: contact, code: nil, at: now)
            return GraphAnswer(status: 500, body: .json(.null), fate: .cut)
        case .cutAfterAcceptance: return take(request, contact: contact, fate: .cut, at: now)
        case .delay(let delay): return take(request, contact: contact, fate: .late(delay), at: now)
        case .asyncFailure(let failure): return take(request, contact: contact, failure: failure, at: now)
        case .mediaRefusal, .webhookDuplicate, .webhookDropFirst, .webhookReorder, .webhookWrongSignature, .webhookDelay, nil:
            return take(request, contact: contact, at: now)
        }
    }

    private mutating func take(
        _ request: JSONValue, contact: MetaContact?, fate: GraphAnswer.Fate = .given, failure: GraphError? = nil, at now: Instant
    ) -> GraphAnswer {
        do {
            let message = try OutgoingRequest(request)
            try spend(budgetOf: message.address.asWritten, at: now)
            let trouble = try verdict(on: message, contact: contact, at: now)
            let outcome = failure ?? trouble
            let id = accept(message, request, contact: contact, failure: outcome, isAnswerLost: fate == .cut, at: now)
            return GraphAnswer(body: .json(acceptance(of: message, contact: contact, id: id)), fate: fate)
        } catch {
            var answer = refuse(request, contact: contact, with: error, at: now)
            answer.fate = fate
            return answer
        }
    }

    /// - Returns: the failure that will be reported later, if any.
    /// - Throws: the refusal.
    private func verdict(on message: OutgoingRequest, contact: MetaContact?, at now: Instant) throws(GraphError) -> GraphError? {
        if behaviour.usesAllowList, contact?.isInAllowList != true { throw GraphError(code: 131_030) }
        if let mediaID = message.mediaID {
            guard let stored = media[mediaID], !stored.isGone(at: now) else {
                throw .parameter("Param \(message.type)['id'] is not a valid whatsapp business account media attachment ID")
            }
            if !stored.file.suits(message.type) { return GraphError(code: 131_053, details: "The file is no \(message.type).") }
        }
        if let target = message.reactedTo, messages[target] == nil, !behaviour.takesReactionsToThePast {
            throw GraphError(code: 131_009, details: "Message with id \(target) not found.")
        }
        guard let contact else { return GraphError(code: 131_026) }
        guard message.type == "template" || contact.isWindowOpen(at: now) else {
            let closed = GraphError(code: 131_047)
            if behaviour.windowRefusal == .sync { throw closed }
            return closed
        }
        return contact.deliveryError.map { GraphError(code: $0) }
    }

    private mutating func spend(budgetOf recipient: String, at now: Instant) throws(GraphError) {
        guard throughput.take(at: now) else { throw GraphError(code: 130_429) }
        guard behaviour.limitsPairs else { return }
        guard pairBudgets[recipient, default: RateLimit(every: .seconds(6), burst: 45)].take(at: now) else {
            throw GraphError(code: 131_056)
        }
    }

    private mutating func accept(
        _ message: OutgoingRequest, _ request: JSONValue, contact: MetaContact?, failure: GraphError?, isAnswerLost: Bool, at now: Instant
    ) -> String {
        let id = identifiers.messageID(.outgoing, correspondent: contact?.phone ?? MetaWorld.digits(message.address.asWritten))
        messages[id] = KnownMessage(contactID: contact?.id, side: .principal, receipt: receipts.count)
        receipts.append(
            Receipt(
                sequence: receipts.count + 1, at: now, outcome: .accepted, kind: message.type, messageID: id, contactID: contact?.id,
                recipient: message.address.asWritten, text: message.text, media: message.mediaID.flatMap(receiptMedia),
                context: message.context, callbackData: message.callbackData, errorCode: failure?.code, isAnswerLost: isAnswerLost,
                reachedContact: failure == nil, request: request
            ))
        planStatuses(of: id, type: message.type, failure: failure, at: now)
        return id
    }

    private func acceptance(of message: OutgoingRequest, contact: MetaContact?, id: String) -> JSONValue {
        let answered: JSONValue =
            switch message.address {
            case .phone(let digits, let written): ["input": .string(written), "wa_id": .string(digits)]
            case .businessScoped(let userID): ["input": .string(userID), "user_id": .string(userID)]
            }
        var item: [String: JSONValue] = ["id": .string(id)]
        if message.type == "template" { item["message_status"] = "accepted" }
        return ["messaging_product": "whatsapp", "contacts": [answered], "messages": [.object(item)]]
    }

    private func receiptMedia(_ id: String) -> Receipt.Media? {
        media[id].map { stored in
            Receipt.Media(
                id: id, digest: stored.file.digest, mediaType: stored.file.mediaType, byteCount: stored.file.bytes.count,
                fileName: stored.file.fileName)
        }
    }

    private func contact(at address: OutgoingRequest.Address) -> MetaContact? {
        switch address {
        case .phone(let digits, _): contact(phone: digits)
        case .businessScoped(let id): contact(businessScopedID: id)
        }
    }

    // MARK: Refusals

    mutating func refusal(_ error: GraphError) -> GraphAnswer {
        GraphAnswer(status: error.status, body: .json(error.body(traceID: identifiers.traceID())))
    }

    private mutating func refuse(_ request: JSONValue, contact: MetaContact?, with error: GraphError, at now: Instant) -> GraphAnswer {
        note(refused: request, contact: contact, code: error.code, at: now)
        return refusal(error)
    }

    private mutating func note(refused request: JSONValue, contact: MetaContact?, code: Int?, at now: Instant) {
        let type = request["type"]?.string ?? "text"
        receipts.append(
            Receipt(
                sequence: receipts.count + 1, at: now, outcome: .refused, kind: type, messageID: nil, contactID: contact?.id,
                recipient: request["to"]?.string ?? request["recipient"]?.string ?? "", text: request["text"]?["body"]?.string,
                media: nil, context: request["context"]?["message_id"]?.string,
                callbackData: request["biz_opaque_callback_data"]?.string, errorCode: code, isAnswerLost: false, reachedContact: false,
                request: request
            ))
    }

    // MARK: Read marks

    private mutating func mark(_ request: JSONValue, at now: Instant) -> GraphAnswer {
        guard request["status"]?.string == "read" else { return refusal(GraphError(code: 131_009, details: "Only 'read' can be set.")) }
        guard let messageID = request["message_id"]?.string else {
            return refusal(GraphError(code: 131_008, details: "Parameter 'message_id' is mandatory."))
        }
        guard let known = messages[messageID], known.side == .contact else {
            return refusal(GraphError(code: 131_009, details: "Message with id \(messageID) not found."))
        }
        marks.append(Mark(at: now, messageID: messageID, contactID: known.contactID, showsTyping: request["typing_indicator"] != nil))
        return .json(["success": true])
    }
}

extension GraphError {
    static func unknownNode(_ node: String) -> Self {
        Self(
            code: 100,
            title: "Unsupported request. Object with ID '\(node)' does not exist, cannot be loaded due to missing permissions, "
                + "or does not support this operation", subcode: 33)
    }
}

extension GraphAnswer {
    /// What a proxy of Meta's says when the service behind it is down.
    static var serverTrouble: Self {
        let page = "<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>"
        return Self(status: 500, body: .html(page))
    }
}

extension MediaFile {
    /// Whether the file can be sent as a message of that type.
    func suits(_ type: String) -> Bool {
        switch type {
        case "image": ["image/jpeg", "image/png"].contains(mediaType)
        case "sticker": mediaType == "image/webp"
        case "audio", "video": mediaType.hasPrefix(type + "/")
        default: true
        }
    }
}
