import DeskCore
import EmailChannel
import Foundation
import MailTransport

/// What `contesta mailbox try` prints.
struct MailboxReportText: Encodable {
    let inboxCount: Int
    let folders: [String]
    let sentFolder: String?
    let tellsNews: Bool

    init(_ report: MailboxReport) {
        inboxCount = report.inboxCount
        folders = report.folders
        sentFolder = report.sentFolder
        tellsNews = report.tellsNews
    }

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

extension DeskError {
    /// A trial that ended, for whoever works at the command line.
    init(_ refusal: MailboxRefusal) {
        let name = refusal.step == .sending ? "SMTP" : "IMAP"
        self.init(
            .mailServerRefused,
            message: "\(refusal.server.place) (\(name)), \(refusal.fault.kind.rawValue): \(refusal.fault.reason) "
                + "Nothing was stored or sent.", isTransient: refusal.fault.isTransient)
    }
}

extension DeskError.Code {
    static let mailServerRefused = Self("mail_server_refused")
}
