package import ChannelKit
package import DeskCore
import MetaGraph

extension WhatsAppAdapter {
    package func send(
        _ message: OutboundMessage, from account: ChannelAccount, blobs: any BlobReading, egress: any Egress
    ) async -> SendOutcome {
        if let failure = refusal(of: message) { return .rejected(failure) }
        guard let file = message.attachments.first, let kind = kind(of: file, in: message) else {
            return await post(OutboundBody.text(message), from: account, egress: egress)
        }
        do throws(DeliveryFailure) {
            let mediaID = try await upload(file, from: account, blobs: blobs, egress: egress)
            return await post(OutboundBody.media(message, file, as: kind, mediaID: mediaID), from: account, egress: egress)
        } catch {
            return .rejected(error)
        }
    }

    private func kind(of file: OutboundAttachment, in message: OutboundMessage) -> OutboundKind? {
        OutboundKind(mediaType: file.mediaType, hasCaption: !message.text.isEmpty)
    }

    /// What WhatsApp would refuse anyway, told without asking it.
    private func refusal(of message: OutboundMessage) -> DeliveryFailure? {
        let length = message.text.unicodeScalars.count
        guard let file = message.attachments.first else {
            if message.text.isEmpty { return DeliveryFailure(.content, code: WhatsAppFailureCode.empty, text: "nothing to send") }
            return length > limits.maximumTextLength
                ? DeliveryFailure(.content, code: WhatsAppFailureCode.textTooLong, text: "\(length) characters") : nil
        }
        guard message.attachments.count <= limits.maximumAttachments else {
            return DeliveryFailure(.content, code: WhatsAppFailureCode.tooManyFiles, text: "\(message.attachments.count) files")
        }
        guard length <= limits.maximumCaptionLength else {
            return DeliveryFailure(.content, code: WhatsAppFailureCode.captionTooLong, text: "\(length) characters")
        }
        guard let kind = kind(of: file, in: message) else {
            return DeliveryFailure(.content, code: WhatsAppFailureCode.fileTypeRefused, text: file.mediaType)
        }
        return file.byteCount > kind.maximumBytes
            ? DeliveryFailure(.content, code: WhatsAppFailureCode.fileTooLarge, text: "\(file.byteCount) bytes") : nil
    }

    /// Nothing is sent yet while a file is on its way, so every failure here is a sure one.
    private func upload(
        _ file: OutboundAttachment, from account: ChannelAccount, blobs: any BlobReading, egress: any Egress
    ) async throws(DeliveryFailure) -> String {
        let form = try await form(for: file, blobs: blobs)
        let response: EgressResponse
        do throws(EgressFailure) {
            response = try await egress.perform(account.endpoint.post([account.phoneNumberID, "media"], form: form))
        } catch {
            throw DeliveryFailure(
                error.reach == .refusedByUs ? .account : .transient, code: WhatsAppFailureCode.uploadFailed, text: error.reason)
        }
        let body = JSONParser.readable(response.body)
        if let failure = WhatsAppAnswer.refusal(response, body) { throw failure }
        guard let id = body?["id"]?.identifier else {
            throw DeliveryFailure(.transient, code: WhatsAppFailureCode.uploadFailed, text: "HTTP \(response.status) without a file's id")
        }
        return id
    }

    private func form(for file: OutboundAttachment, blobs: any BlobReading) async throws(DeliveryFailure) -> MultipartForm {
        let bytes: [UInt8]
        do {
            bytes = try await blobs.bytes(of: file.blob)
        } catch {
            throw DeliveryFailure(.transient, code: WhatsAppFailureCode.fileUnreadable, text: "the blob store does not give the file")
        }
        // A file can't contain the digest of itself; RFC 2046 allows a boundary of 70 characters.
        var form = MultipartForm(boundary: "contesta-\(file.blob.prefix(60))")
        form.append("messaging_product", "whatsapp")
        form.append("type", file.mediaType)
        form.append("file", fileName: file.fileName, mediaType: file.mediaType, bytes: bytes)
        return form
    }

    private func post(_ body: JSONValue, from account: ChannelAccount, egress: any Egress) async -> SendOutcome {
        do throws(EgressFailure) {
            let request = account.endpoint.post([account.phoneNumberID, "messages"], json: body)
            return WhatsAppAnswer.outcome(of: try await egress.perform(request))
        } catch {
            return WhatsAppAnswer.outcome(of: error)
        }
    }
}

extension WhatsAppAdapter: Reacting {
    package func react(
        to providerID: String, with emoji: String?, recipient: ProviderIdentity, attempt: String, from account: ChannelAccount,
        egress: any Egress
    ) async -> SendOutcome {
        await post(OutboundBody.reaction(emoji, on: providerID, to: recipient, attempt: attempt), from: account, egress: egress)
    }
}

extension WhatsAppAdapter: ReadMarking, TypingShowing {
    /// Marks the earlier messages of the conversation as read, too.
    package func markRead(providerID: String, for account: ChannelAccount, egress: any Egress) async -> Bool {
        await tell(OutboundBody.read(providerID, isTyping: false), account: account, egress: egress)
    }

    /// Lasts 25 seconds or until the reply.
    package func showTyping(answering providerID: String, for account: ChannelAccount, egress: any Egress) async -> Bool {
        await tell(OutboundBody.read(providerID, isTyping: true), account: account, egress: egress)
    }

    /// A courtesy, for which no reply waits long.
    private func tell(_ body: JSONValue, account: ChannelAccount, egress: any Egress) async -> Bool {
        var request = account.endpoint.post([account.phoneNumberID, "messages"], json: body)
        request.timeout = .seconds(3)
        do throws(EgressFailure) {
            let response = try await egress.perform(request)
            return 200..<300 ~= response.status && JSONParser.readable(response.body)?["success"]?.bool == true
        } catch {
            return false
        }
    }
}
