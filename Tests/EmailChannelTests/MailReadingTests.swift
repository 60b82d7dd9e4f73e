import ChannelKit
import DeskCore
import MailFormat
import Testing

@testable import EmailChannel

/// What a collected mail means to the desk.
@Suite struct MailReadingTests {
    private static func events(
        _ headers: String, _ text: String = "Hola", role: CollectedMail.Role = .inbox, isHistory: Bool = false,
        settings changes: [String: String] = [:]
    ) throws -> [ChannelEvent] {
        let record = CollectedMail(
            folder: "INBOX", validity: 1, uid: 7, role: role, arrivedAt: Sample.arrival, source: Digest.of("mail"), isHistory: isHistory)
        return MailReading(try Sample.settings(changes)).events(of: Array("\(headers)\n\n\(text)\n".utf8), record)
    }

    private static func message(_ headers: String, _ text: String = "Hola") throws -> ReceivedMessage {
        guard case .message(let message) = try #require(try events(headers, text).last).payload else {
            throw DeskError(.notFound, message: "no message")
        }
        return message
    }

    @Test func aMailIsAMessageOfWhoWroteIt() throws {
        let message = try Self.message(
            "From: Ana Prado <Ana@Cliente.example>\nTo: marta@laespiga.example\nSubject: =?utf-8?q?Pa=C3=B1os?=\nMessage-ID: <a1@x>")
        #expect(message.correspondent.identities == [ProviderIdentity(.mailAddress, "ana@cliente.example")])
        #expect(message.correspondent.name == "Ana Prado")
        #expect(message.content.kind == .email)
        #expect(message.content.text == "Hola")
        #expect(message.content.mail?.subject == "Paños")
        #expect(message.content.mail?.automation == nil)
        #expect(message.threading?.mark == "a1@x")
    }

    @Test func itIsAsOldAsItsArrivalAndNotAsItSays() throws {
        let event = try #require(try Self.events("From: ana@x.example\nDate: Mon, 1 Jan 2001 00:00:00 +0000").first)
        #expect(event.occurredAt == Sample.arrival)
    }

    @Test func whatCameBeforeTheConnectionIsHistory() throws {
        guard case .history = try #require(try Self.events("From: ana@x.example", isHistory: true).first).payload else {
            Issue.record("it is owed")
            return
        }
    }

    @Test(arguments: [
        ("Auto-Submitted: auto-replied", MailAutomation.automaticAnswer), ("List-Id: <news.x.example>", .list),
        ("Auto-Submitted: auto-generated", .notification),
    ])
    func whatAMachineMadeIsOwedToNobody(header: String, automation: MailAutomation) throws {
        #expect(try Self.message("From: ana@x.example\nTo: marta@laespiga.example\n\(header)").content.mail?.automation == automation)
    }

    /// Forms of web sites write in nobody's name, and name the person to answer.
    @Test(arguments: ["noreply@web.example", "marta@laespiga.example"])
    func aFormIsTheMessageOfWhoFilledItIn(sender: String) throws {
        let message = try Self.message("From: Web <\(sender)>\nTo: marta@laespiga.example\nReply-To: Ana <ana@cliente.example>")
        #expect(message.correspondent.identities.map(\.value) == ["ana@cliente.example"])
        #expect(message.content.mail?.automation == nil)
    }

    /// `Reply-To` is a stranger's word: an answer goes elsewhere only where the sender stands behind it.
    @Test(arguments: [("ana@otro.example", "ana@cliente.example", true), ("pedidos@cliente.example", "pedidos@cliente.example", false)])
    func answersGoElsewhereOnlyWithinTheDomain(asked: String, answered: String, warns: Bool) throws {
        let message = try Self.message("From: ana@cliente.example\nReply-To: \(asked)")
        #expect(message.correspondent.identities.map(\.value) == [answered])
        #expect(message.content.mail?.warnings.contains(.answersElsewhere) == warns)
    }

    @Test func whoFeignsOurAddressIsFlagged() throws {
        #expect(try Self.message("From: marta@laespiga.example").content.mail?.warnings == [.feignsOwnAddress])
        let proved = "From: marta@laespiga.example\nAuthentication-Results: mx.laespiga.example; dmarc=pass"
        #expect(try Self.message(proved).content.mail?.warnings == [])
    }

    @Test func aBounceOfOurMailFailsItsAttemptAndIsShown() throws {
        let id = ReplyMark(try Sample.settings()).messageID(of: "a1")
        let events = try Self.events(
            "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
            """
            --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ana@cliente.example
            Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: text/rfc822-headers
            \nMessage-ID: <\(id)>\n\n--b--
            """)
        guard case .status(let status) = try #require(events.first).payload else {
            Issue.record("no status: \(events)")
            return
        }
        #expect(status.callbackData == "a1")
        #expect(status.stage == .failed)
        #expect(status.failure?.code == "5.1.1")
        #expect(events.count == 2)
    }

    /// Whoever invents an id of ours must not fail a reply.
    @Test func aBounceOfSomebodyElsesMailFailsNothing() throws {
        let events = try Self.events(
            "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
            """
            --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ana@cliente.example
            Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <a1.aaaaaaaaaaaaaaaa@laespiga.example>\n\n--b--
            """)
        #expect(events.count == 1)
        guard case .message = try #require(events.first).payload else {
            Issue.record("\(events)")
            return
        }
    }

    @Test func ourReplyAmongTheSentOnesHasGone() throws {
        let id = ReplyMark(try Sample.settings()).messageID(of: "a1")
        guard case .status(let status) = try #require(try Self.events("Message-ID: <\(id)>", role: .sent).first).payload else {
            Issue.record("no status")
            return
        }
        #expect(status.callbackData == "a1")
        #expect(status.stage == .sent)
    }

    @Test func theSameMailIsOneWhateverServersAdd() throws {
        let mail = "From: ana@x.example\nDate: Mon, 3 Nov 2025 10:00:00 +0000\nMessage-ID: <a@x>"
        let plain = try Self.message(mail).providerID
        #expect(try Self.message("Received: from a\nDelivered-To: b@x\n\(mail)").providerID == plain)
        #expect(try Self.message(mail, "Otra cosa").providerID != plain)
        #expect(try Self.message(mail.replacing("ana@", with: "eva@")).providerID != plain)
    }

    @Test func everyWordIsInTheText() throws {
        let text = "Gracias por el turno 1.\n\nEl lun, 3 nov 2026 a las 10:21, Marta <m@x.example> escribió:\n> Sí.\n> Un saludo"
        let message = try Self.message("From: ana@x.example", text)
        #expect(message.content.text == "Gracias por el turno 1.")
        #expect(message.content.mail?.blocks.map(\.kind) == [.reply, .quoted])
        let shown = message.content.mail?.blocks.map(\.text).joined(separator: "\n") ?? ""
        for word in text.split(whereSeparator: \.isWhitespace) { #expect(shown.contains(word)) }
    }

    @Test func filesAreNamedByTheirPlaceInTheMail() throws {
        let message = try Self.message(
            "From: ana@x.example\nContent-Type: multipart/mixed; boundary=b",
            "--b\n\nHola\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nPNG\n--b--")
        let file = try #require(message.content.attachments.first)
        #expect(file.providerMediaID == "\(Digest.of("mail"))/0")
        #expect(file.kind == .image)
        #expect(file.fileName == "a.png")
    }

    @Test func aMailThatTheServerDidNotGiveWaitsForAPerson() throws {
        let record = CollectedMail(folder: "INBOX", validity: 1, uid: 7, role: .inbox, failure: "No.")
        let events = MailReading(try Sample.settings()).events(of: nil, record)
        guard case .malformed(let reason) = try #require(events.first).payload else {
            Issue.record("\(events)")
            return
        }
        #expect(reason == "No.")
    }
}
