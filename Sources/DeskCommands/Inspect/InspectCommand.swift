package import ArgumentParser
import ChannelKit
import DeskCore
import Foundation
import MetaGraph
import WhatsAppChannel

/// `contesta inspect`: what Contesta makes of what a provider sends, without a server and without storing anything.
package struct InspectCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what Contesta makes of a provider's webhook body, or of its answer to a send.",
        discussion: """
            Prints one line per file. Nothing is stored, sent or checked for a signature: this is for looking at what a provider really \
            said, and for reporting what Contesta reads wrongly.
            """)

    @Argument(help: "The channel that the files come from: whatsapp.")
    var channel: String

    @Argument(help: "Files, each with one body as received.", completion: .file())
    var files: [String]

    @Flag(help: "Print one JSON object per line instead of text for people.")
    var json = false

    @Option(help: ArgumentHelp("Read the files as a provider's answers to a send, given with this HTTP status.", valueName: "status"))
    var answer: Int?

    package init() {}

    package mutating func validate() throws {
        guard channel == ChannelName.whatsApp.rawValue else {
            throw ValidationError("There is no channel \"\(channel)\" to inspect. Known: \(ChannelName.whatsApp.rawValue).")
        }
        guard !files.isEmpty else { throw ValidationError("Name at least one file.") }
    }

    package func run() throws {
        var unreadable = 0
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                unreadable += 1
                Self.complain("\(file): can't be read; the other files are inspected all the same.")
                continue
            }
            print(json ? line(file, Array(data)) : InspectionText.describe(file, report(Array(data))))
        }
        if unreadable > 0 { throw ExitCode(Self.badData) }
    }

    /// `EX_DATAERR` of sysexits.
    private static let badData: Int32 = 65

    private func line(_ file: String, _ body: [UInt8]) -> String {
        var object = ReportObject()
        object.add("file", file)
        for member in report(body).members { object.add(member.name, member.value) }
        return String(decoding: object.value.encoded, as: UTF8.self)
    }

    private func report(_ body: [UInt8]) -> ReportObject {
        if let answer { return AnswerReport.describe(status: answer, body: body) }
        var object = ReportObject()
        object.add("events", EventReport.describe(WhatsAppAdapter().events(in: body)))
        return object
    }

    private static func complain(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
