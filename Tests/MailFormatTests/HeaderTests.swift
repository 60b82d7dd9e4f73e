import DeskCore
import MailFormat
import Testing

@Suite struct HeaderTests {
    @Test(arguments: [
        ("plain words", "plain words"),
        ("=?utf-8?Q?Habitaci=C3=B3n?= doble", "Habitación doble"),
        ("=?UTF-8?B?SGFiaXRhY2nDs24=?=", "Habitación"),
        // White space between two words is none, and a character may be cut in two by them.
        ("=?utf-8?B?w4PCtQ==?=\n =?utf-8?Q?_fin?=", "Ãµ fin"),
        ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
        ("=?iso-8859-1?Q?a?=\n =?utf-8?Q?b?=", "ab"),
        // What programs write although they must not.
        ("=?utf-8?Q?two words?= and more", "two words and more"),
        ("Re: =?utf-8?Q?=22ok=22?=tail", "Re: \"ok\"tail"),
        ("=?utf-8?B?SGFiaXRhY2nDs24?=", "Habitación"),
        ("=?utf-8*es?Q?Se=C3=B1or?=", "Señor"),
        // What is no encoded word stays as it is.
        ("=?utf-8?X?abc?= =? 2 + 2 ?=", "=?utf-8?X?abc?= =? 2 + 2 ?="),
        ("=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
        ("=?utf-8?Q?one=0D=0ABcc:_x@y.example?=", "one  Bcc: x@y.example"),
    ])
    func subjectsAreDecoded(raw: String, subject: String) {
        #expect(letter("Subject: \(raw)\n\ntext").subject == subject)
    }

    @Test func aSubjectOfRawBytesIsReadAsUTF8OrElseAsWindows() {
        let utf8 = Array("Subject: Años\r\n\r\nx".utf8)
        let windows = Array("Subject: A".utf8) + [0xF1] + Array("os\r\n\r\nx".utf8)
        #expect(MailReader.mail(in: utf8).subject == "Años")
        #expect(MailReader.mail(in: windows).subject == "Años")
    }

    @Test(arguments: [
        ("Tue, 06 Oct 2026 09:15:00 +0200", 1_791_270_900),
        ("6 Oct 2026 07:15:00 GMT", 1_791_270_900),
        ("Tue, 6 Oct 2026 02:15 -0500 (CDT)", 1_791_270_900),
        ("Tue Oct  6 07:15:00 2026", 1_791_270_900), ("Tue Oct  6 03:15:00 EDT 2026", 1_791_270_900),
        ("Tuesday, 06-Oct-26 07:15:00 UTC", 1_791_270_900),
        ("Tue, 06 Oct 2026 00:15:00 PDT", 1_791_270_900),
        ("Thu, 1 Jan 1970 00:00:00 +0000", 0),
        ("Thu, 13\n  Feb 1969\n 23:32 -0330 (Newfoundland)", -27_723_480),
        ("29 Feb 2024 12:00:00 +0000", 1_709_208_000),
    ])
    func datesAreInstants(raw: String, seconds: Int64) {
        #expect(letter("Date: \(raw)\n\ntext").date?.unixSeconds == seconds)
    }

    @Test(arguments: [
        "", "yesterday", "Tue, 06 Oct 2026 25:15:00 +0200", "Wed, 15 Dec 2010    59:10 -0500", "30 Feb 2024 12:00:00 +0000",
        "0 Oct 2026 10:00",
        "6 Foo 2026 10:00:00 +0000", "2026",
    ])
    func whatIsNoDateIsNone(raw: String) {
        #expect(letter("Date: \(raw)\n\ntext").date == nil)
    }

    @Test(arguments: [
        ("<a.1@host.example>", ["a.1@host.example"]),
        ("<a@x.example>\n <b@x.example>", ["a@x.example", "b@x.example"]),
        ("<a@x.example>,<b@x.example>, <c@x.example>", ["a@x.example", "b@x.example", "c@x.example"]),
        ("Message of Monday from Ana <a@x.example>", ["a@x.example"]),
        ("a@x.example b@x.example", ["a@x.example", "b@x.example"]),
        ("your message of Monday", []),
        ("", []),
    ])
    func identifiersAreFoundWhereverTheyStand(raw: String, identifiers: [String]) {
        #expect(letter("References: \(raw)\n\ntext").references == identifiers)
        #expect(letter("In-Reply-To: \(raw)\n\ntext").inReplyTo == identifiers)
    }

    @Test func aFieldThatRepeatsCountsFirstAndAllOfItIsAtHand() {
        let mail = letter("X-Mark: one\nx-mark: two\nSubject: first\nSubject: second\n\ntext")
        #expect(mail.subject == "first")
        #expect(mail.headers.all("X-MARK").map(\.text) == ["one", "two"])
    }

    @Test func whatIsMissingIsNothing() {
        let mail = letter("X-Mailer: none\nSubject:\n\n")
        #expect(mail.subject == nil && mail.date == nil && mail.messageID == nil && mail.from.isEmpty && mail.references.isEmpty)
    }
}
