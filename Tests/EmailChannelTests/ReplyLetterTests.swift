import ChannelKit
import DeskCore
import MailFormat
import MailTransport
import Testing

@testable import EmailChannel

/// The mail that a reply becomes.
@Suite struct ReplyLetterTests {
    private struct Files: BlobReading {
        func bytes(of blob: String) async throws -> [UInt8] { Array("file \(blob)".utf8) }
    }

    private static let frame = MailContent(
        subject: "Re: Paños", to: [MailParty(name: "Ana", address: "ana@cliente.example")],
        cc: [MailParty(address: "luis@cliente.example")], references: ["a0@x", "a1@x"],
        blocks: [MailBlock(.reply, "Sí."), MailBlock(.quoted, "El 3/11/2026 a las 10:21, Ana escribió:\n> ¿Hay <pan>?")])

    private static func outbound() -> OutboundMessage {
        OutboundMessage(
            attempt: "a1", recipient: ProviderIdentity(.mailAddress, "ana@cliente.example"), text: "Sí & <no>",
            attachments: [OutboundAttachment(blob: "b", mediaType: "image/png", fileName: "año.png", byteCount: 6)],
            mail: frame, writtenAt: Sample.arrival)
    }

    private static func letter(
        _ changes: [String: String] = ["sender_name": "La Espiga", "signature": "Marta\nLa Espiga"]
    ) throws -> ReplyLetter {
        ReplyLetter(outbound(), try Sample.settings(changes))
    }

    @Test func itGoesToTheContactAndToThoseWhoWereChosen() async throws {
        let mail = try await Self.letter().mail(files: Files())
        #expect(mail.recipients == ["ana@cliente.example", "luis@cliente.example"])
        #expect(mail.sender == "marta@laespiga.example")
        let read = MailReader.mail(in: mail.bytes)
        #expect(read.to.map(\.address) == ["ana@cliente.example"])
        #expect(read.cc.map(\.address) == ["luis@cliente.example"])
        #expect(read.from == [MailAddress(name: "La Espiga", address: "marta@laespiga.example")])
    }

    @Test func itBelongsToItsThread() async throws {
        let read = MailReader.mail(in: try await Self.letter().mail(files: Files()).bytes)
        #expect(read.subject == "Re: Paños")
        #expect(read.inReplyTo == ["a1@x"])
        #expect(read.references == ["a0@x", "a1@x"])
        #expect(ReplyMark(try Sample.settings()).attempt(in: read.messageID ?? "") == "a1")
        #expect(read.date == Sample.arrival)
    }

    @Test func itSaysTheSameAsTextAndAsHTML() async throws {
        let read = MailReader.mail(in: try await Self.letter().mail(files: Files()).bytes)
        let text = "Sí & <no>\n\n-- \nMarta\nLa Espiga\n\nEl 3/11/2026 a las 10:21, Ana escribió:\n> ¿Hay <pan>?"
        #expect(read.text?.trimmingSpaces == text)
        let html = try #require(read.html)
        #expect(html.contains("Sí &amp; &lt;no&gt;"))
        #expect(html.contains("<blockquote type=\"cite\">¿Hay &lt;pan&gt;?</blockquote>"))
        #expect(read.attachments.map(\.fileName) == ["año.png"])
    }

    /// What was handed in and what lies among the sent mails are one.
    @Test func itIsAlwaysTheSame() async throws {
        let first = try await Self.letter().mail(files: Files())
        #expect(try await Self.letter().mail(files: Files()) == first)
    }
}
