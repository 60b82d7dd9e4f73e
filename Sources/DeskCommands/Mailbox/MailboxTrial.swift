import DeskCore
import Foundation
import MailTransport

/// Signs in to both servers of a mailbox, and looks around.
struct MailboxTrial {
    let imap: MailServer
    let smtp: MailServer
    let credentials: MailCredentials

    /// - Throws: `mail_server_refused`, which says of which server and why.
    func run() async throws(DeskError) -> MailboxReport {
        let report = try await look()
        do throws(MailFault) {
            try await SMTPSubmission.test(smtp, credentials, name: "localhost")
        } catch {
            throw Self.refusal(smtp, "SMTP", error)
        }
        return report
    }

    private func look() async throws(DeskError) -> MailboxReport {
        do throws(MailFault) {
            let mailbox = try await IMAPMailbox.open(imap, credentials, patience: .seconds(30))
            let folders = try await mailbox.folders()
            let inbox = try await mailbox.open("INBOX")
            await mailbox.close()
            return MailboxReport(
                inboxCount: inbox.count, folders: folders.filter(\.isSelectable).map(\.name).sorted(),
                sentFolder: MailFolder.folder(for: .sent, among: folders)?.name, tellsNews: mailbox.tellsNews)
        } catch {
            throw Self.refusal(imap, "IMAP", error)
        }
    }

    private static func refusal(_ server: MailServer, _ protocolName: String, _ fault: MailFault) -> DeskError {
        DeskError(
            .mailServerRefused,
            message: "\(server.host):\(server.port) (\(protocolName)), \(fault.kind.rawValue): \(fault.reason) "
                + "Nothing was stored or sent.", isTransient: fault.isTransient)
    }
}

/// What was found.
struct MailboxReport: Encodable {
    let inboxCount: Int
    let folders: [String]
    let sentFolder: String?
    /// Whether the server says by itself that something came.
    let tellsNews: Bool

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var text: String {
        """
        Both servers let in.
        Mails in the inbox: \(inboxCount)
        Folders: \(folders.joined(separator: ", "))
        Sent mails are kept in: \(sentFolder ?? "no folder that is marked or named so")
        New mail is told \(tellsNews ? "at once" : "to whoever asks again and again")
        """
    }
}

extension DeskError.Code {
    static let mailServerRefused = Self("mail_server_refused")
}
