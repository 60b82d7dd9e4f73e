package import ArgumentParser
import ChannelKit
import DeskCore
import Foundation
import MailFormat
import MetaGraph
import WhatsAppChannel

/// `contesta inspect`: what Contesta makes of what a provider sends, without a server and without storing anything.
package struct InspectCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what Contesta makes of a provider's webhook body, of its answer to a send, or of a raw mail.",
        discussion: """
            Prints one line per file. Nothing is stored, sent or checked for a signature: this is for looking at what a provider really \
            said, and for reporting what Contesta reads wrongly.
            """)

    @Argument(help: "The channel that the files come from: whatsapp or email.")
    var channel: String

    @Argument(help: "Files, each with one body or one mail as received.", completion: .file())
    var files: [String]

    @Flag(help: "Print one JSON object per line instead of text for people.")
    var json = false

    @Option(help: ArgumentHelp("Read the files as a provider's answers to a send, given with this HTTP status.", valueName: "status"))
    var answer: Int?

    @Flag(help: "Of mails, and of replies in files named .txt or .html, print what was written now, without history and signature.")
    var trim = false

    @Flag(help: "Of mails, print the page that a conversation shows of their HTML, made safe.")
    var html = false

    @Option(help: ArgumentHelp("An address of the inbox, to know our own mails by; may be given several times.", valueName: "address"))
    var ownAddress: [String] = []

    @Option(
        help: ArgumentHelp(
            "The name that the inbox's server gives itself in Authentication-Results; without it, the topmost of them counts.",
            valueName: "name"))
    var trustedServer: String?

    package init() {}

    package mutating func validate() throws {
        guard let subject = InspectedChannel(rawValue: channel) else {
            let known = InspectedChannel.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no channel \"\(channel)\" to inspect. Known: \(known).")
        }
        guard !files.isEmpty else { throw ValidationError("Name at least one file.") }
        if subject == .email && answer != nil { throw ValidationError("Mails are answered by no status; leave --answer out.") }
        if subject == .whatsapp && html { throw ValidationError("Only mails have HTML; leave --html out.") }
        if subject == .whatsapp && trim { throw ValidationError("Only mails are trimmed; leave --trim out.") }
    }

    package func run() throws {
        var unreadable = 0
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                unreadable += 1
                Self.complain("\(file): can't be read; the other files are inspected all the same.")
                continue
            }
            if html && !json {
                print(MailDocument(MailReader.mail(in: Array(data)))?.html ?? "", terminator: "")
                continue
            }
            let report = report(Array(data), file: file)
            print(json ? line(file, report) : InspectionText.describe(file, report))
        }
        if unreadable > 0 { throw ExitCode(Self.badData) }
    }

    /// `EX_DATAERR` of sysexits.
    private static let badData: Int32 = 65

    private func line(_ file: String, _ report: ReportObject) -> String {
        var object = ReportObject()
        object.add("file", file)
        for member in report.members { object.add(member.name, member.value) }
        return String(decoding: object.value.encoded, as: UTF8.self)
    }

    private func report(_ body: [UInt8], file: String) -> ReportObject {
        if let answer { return AnswerReport.describe(status: answer, body: body) }
        if html { return MailDocumentReport.describe(body) }
        if trim { return TrimmedReport.describe(body, file: file) }
        guard channel == InspectedChannel.whatsapp.rawValue else {
            return MailReport(classifier: MailClassifier(ownAddresses: ownAddress), trustedServer: trustedServer).describe(body)
        }
        var object = ReportObject()
        object.add("events", EventReport.describe(WhatsAppAdapter().events(in: body)))
        return object
    }

    private static func complain(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}

/// What can be looked at.
private enum InspectedChannel: String, CaseIterable {
    case whatsapp, email
}
