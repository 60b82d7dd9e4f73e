import MailFormat
import Testing

/// RFC 3464, and what was written before it and is still.
@Suite struct BounceTests {
    private func report(_ blocks: String, type: String = "multipart/report; report-type=delivery-status; boundary=b") -> MailJudgement {
        MailClassifier().judge(
            letter(
                """
                From: Mail Delivery System <MAILER-DAEMON@mx.example>
                To: desk@hotel.example
                Subject: Delivery report
                Content-Type: \(type)

                --b
                Content-Type: text/plain

                See below.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                \(blocks)
                --b
                Content-Type: message/rfc822

                From: desk@hotel.example
                Message-ID: <ours.1@hotel.example>

                Hello
                --b--
                """))
    }

    private static let failed = """
        Final-Recipient: rfc822; Ana@X.example
        Action: failed
        Status: 5.1.1 (unknown)
        Diagnostic-Code: smtp; 550 5.1.1
         no such user
        """

    @Test func aFailureNamesRecipientReasonAndOurMail() throws {
        let judgement = report(Self.failed)
        let recipient = try #require(judgement.recipients.first)
        #expect(judgement.class == .bounce && !judgement.mayAutoReply && judgement.recipients.count == 1)
        #expect(recipient.address == "ana@x.example" && recipient.action == .failed && recipient.status == "5.1.1")
        #expect(recipient.diagnostic == "550 5.1.1 no such user")
        #expect(judgement.originalMessageID == "ours.1@hotel.example")
    }

    @Test(arguments: [
        ("delayed", MailClass.bounceDelayed), ("Delivered", .deliverySuccess), ("relayed (to elsewhere)", .deliverySuccess),
        ("expanded", .deliverySuccess), ("FAILED", .bounce),
    ])
    func theActionSaysWhatHappened(action: String, expected: MailClass) {
        #expect(report("Final-Recipient: rfc822; a@x.example\nAction: \(action)\nStatus: 4.0.0").class == expected)
    }

    @Test func oneFailureAmongSuccessesIsAFailure() {
        let judgement = report("Final-Recipient: rfc822; b@x.example\nAction: delivered\nStatus: 2.0.0\n\n" + Self.failed)
        #expect(judgement.class == .bounce && judgement.recipients.map(\.address) == ["b@x.example", "ana@x.example"])
    }

    @Test func aBlockThatNobodyAnnouncedCountsToo() {
        #expect(report(Self.failed, type: "multipart/mixed; boundary=b").class == .bounce)
    }

    @Test func aReportWithoutFieldsIsAFailureWithoutRecipient() {
        #expect(report("").class == .bounce)
    }

    @Test(arguments: [
        // qmail
        """
        From: MAILER-DAEMON@mx.example
        To: desk@hotel.example
        Subject: failure notice

        Hi. This is the qmail-send program at mx.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.

        <ana@x.example>:
        192.0.2.1 does not like recipient.
        Remote host said: 550 5.1.1 unknown

        --- Below this line is a copy of the message.

        Message-ID: <ours.2@hotel.example>
        """,
        // Exim
        """
        Return-Path: <>
        X-Failed-Recipients: ana@x.example
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@mx.example>
        To: desk@hotel.example
        Subject: Mail delivery failed: returning message to sender

        This message was created automatically by mail delivery software.

          ana@x.example
            SMTP error from remote mail server: 550 5.1.1 unknown

        ------ This is a copy of the message, including all the headers. ------

        Message-ID: <ours.2@hotel.example>
        """,
        // Postfix, before reports had fields
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example (Mail Delivery System)
        To: desk@hotel.example
        Subject: Undelivered Mail Returned to Sender

        This is the Postfix program at host mx.example.

        <ana@x.example>: host mx.x.example said: 550 5.1.1 unknown

        Message-ID: <ours.2@hotel.example>
        """,
    ])
    func failuresInWordsAreRead(raw: String) throws {
        let judgement = MailClassifier().judge(letter(raw))
        #expect(judgement.class == .bounce && judgement.recipients.map(\.address) == ["ana@x.example"])
        #expect(judgement.recipients.first?.status == "5.1.1")
        #expect(judgement.originalMessageID == "ours.2@hotel.example")
    }

    @Test func aNoticeOfDelayIsNoFailure() {
        let mail = letter(
            "From: MAILER-DAEMON@mx.example\nSubject: Delivery Status Notification (Delay)\n\nThis is a warning message only.")
        #expect(MailClassifier().judge(mail).class == .bounceDelayed)
    }

    @Test func aReceiptAndAComplaintAreKnown() {
        let receipt = letter(
            """
            From: ana@x.example
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b
            Content-Type: message/disposition-notification

            Original-Message-ID: <ours.3@hotel.example>
            Disposition: manual-action/MDN-sent-manually; displayed
            --b--
            """)
        let judgement = MailClassifier().judge(receipt)
        #expect(judgement.class == .readReceipt && judgement.originalMessageID == "ours.3@hotel.example")
        let complaint = letter("From: fbl@x.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b--")
        #expect(MailClassifier().judge(complaint).class == .feedbackReport)
    }
}
