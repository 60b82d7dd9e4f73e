package import ChannelKit
package import DeskCore
import MailFormat
import MailTransport

extension EmailAdapter {
    package func send(
        _ message: OutboundMessage, from account: ChannelAccount, blobs: any BlobReading, egress: any Egress
    ) async -> SendOutcome {
        do {
            let settings = try MailboxSettings(account)
            let letter = ReplyLetter(message, settings)
            let mail = try await letter.mail(files: blobs)
            return SendOutcome(try await submit(mail, settings, name: settings.domain), messageID: letter.messageID)
        } catch let failure as CollectionFailure {
            return .rejected(DeliveryFailure(failure))
        } catch let error as DeskError {
            let isAccount = error.code == .invalidRequest
            return .rejected(DeliveryFailure(isAccount ? .account : .content, code: error.code.rawValue, text: error.message))
        } catch {
            return .rejected(DeliveryFailure(.content, code: "files", text: "A file of the reply can't be read."))
        }
    }
}

extension EmailAdapter {
    /// Once more with a new access token when the server does not take the one that was there: it has nothing of the mail then.
    func submit(
        _ mail: OutgoingMail, _ settings: MailboxSettings, name: String
    ) async throws(CollectionFailure) -> SubmissionOutcome {
        let credentials = try await credentials(settings)
        let outcome = await SMTPSubmission.submit(mail, to: settings.smtp, credentials, name: name)
        guard case .refused(let refusal) = outcome, refusal.cause == .credentials, !refusal.isTransient,
            let next = try await self.credentials(after: credentials, settings)
        else { return outcome }
        return await SMTPSubmission.submit(mail, to: settings.smtp, next, name: name)
    }
}

extension EmailAdapter: CopyFiling {
    package func file(_ message: OutboundMessage, for account: ChannelAccount, with tools: CollectionTools) async throws(CollectionFailure)
    {
        let settings: MailboxSettings
        do throws(DeskError) { settings = try MailboxSettings(account) } catch {
            throw CollectionFailure(error.message, isTransient: false)
        }
        guard settings.laysSentCopies || settings.marksAnswered else { return }
        let letter = ReplyLetter(message, settings)
        let bytes: [UInt8]
        do { bytes = try await letter.mail(files: tools.blobs).bytes } catch {
            throw CollectionFailure("A file of the reply can't be read.", isTransient: true)
        }
        let mailbox = try await open(settings)
        do throws(MailFault) {
            if settings.laysSentCopies { try await Self.append(bytes, letter.messageID, settings, to: mailbox) }
            if settings.marksAnswered { try await Self.markAnswered(message.mail?.references.last, settings, in: mailbox) }
        } catch {
            await mailbox.close()
            throw CollectionFailure(error)
        }
        await mailbox.close()
    }

    /// Looked for first: a copy whose answer was lost must not be laid down twice.
    private static func append(
        _ bytes: [UInt8], _ messageID: String, _ settings: MailboxSettings, to mailbox: IMAPMailbox
    ) async throws(MailFault) {
        let folders = try await mailbox.folders()
        guard let sent = settings.sentFolder ?? MailFolder.folder(for: .sent, among: folders)?.name else {
            throw MailFault(.refused, "The mailbox has no folder for sent mails.", isTransient: false)
        }
        _ = try await mailbox.open(sent)
        guard try await mailbox.find(messageID: messageID).isEmpty else { return }
        try await mailbox.append(bytes, to: sent)
    }

    private static func markAnswered(
        _ messageID: String?, _ settings: MailboxSettings, in mailbox: IMAPMailbox
    ) async throws(MailFault) {
        guard let messageID, let folder = settings.folders.first else { return }
        _ = try await mailbox.open(folder, isReadOnly: false)
        for uid in try await mailbox.find(messageID: messageID) { try await mailbox.add(["\\Answered"], to: uid) }
    }
}

extension DeliveryFailure {
    /// The mailbox can't be opened.
    init(_ failure: CollectionFailure) {
        self.init(failure.isTransient ? .transient : .account, code: "credentials", text: failure.reason)
    }
}

extension SendOutcome {
    init(_ outcome: SubmissionOutcome, messageID: String) {
        switch outcome {
        case .accepted: self = .accepted(providerID: messageID)
        case .unknown(let reason): self = .unknown(reason: reason)
        case .refused(let refusal):
            self = .rejected(
                DeliveryFailure(refusal.deliveryClass, code: refusal.code ?? "refused", text: refusal.reason))
        }
    }
}

extension SubmissionOutcome.Refusal {
    fileprivate var deliveryClass: DeliveryFailure.Class {
        guard !isTransient else { return .transient }
        return switch cause {
        case .connection, .credentials, .sender: .account
        case .recipient: .recipient
        case .content: .content
        }
    }
}
