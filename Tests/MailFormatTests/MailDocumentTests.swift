import MailFormat
import Testing

@Suite struct MailDocumentTests {
    private static let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

    private func document(_ html: String, type: String = "image/png", id: String = "logo@x", remote: Bool = false) -> MailDocument? {
        let lines = [
            "Subject: <b>&", "Content-Type: multipart/related; boundary=b", "", "--b", "Content-Type: text/html; charset=utf-8", "", html,
            "--b", "Content-Type: \(type)", "Content-ID: <\(id)>", "Content-Transfer-Encoding: base64", "", Self.pixel, "--b--", "",
        ]
        let mail = MailReader.mail(in: Array(lines.joined(separator: "\r\n").utf8))
        return MailDocument(mail, showsRemoteImages: remote, language: "es") { "\($0) <left out>" }
    }

    @Test func aMailWithoutHTMLHasNoDesign() {
        #expect(MailDocument(MailReader.mail(in: Array("Subject: x\r\n\r\nHola".utf8))) == nil)
    }

    @Test(arguments: ["cid:logo@x", "CID:logo@x", "cid:logo%40x"])
    func itsOwnPicturesStandInIt(source: String) throws {
        let html = try #require(document("<img src=\"\(source)\">")).html
        #expect(html.contains("<img src=\"data:image/png;base64,\(Self.pixel)\">"))
    }

    @Test(arguments: ["image/svg+xml", "text/html", "application/octet-stream", "image/jpeg;x"])
    func onlyPicturesOfKnownKindsDo(type: String) throws {
        let html = try #require(document("<img src=\"cid:logo@x\">", type: type)).html
        #expect(html.contains("data:") == (type == "image/jpeg;x"))
    }

    @Test func onePictureNamedVeryOftenDoesNotGrowWithoutEnd() throws {
        let many = String(repeating: "<img src=\"cid:logo@x\">", count: 150_000)
        let html = try #require(document(many)).html
        #expect(html.utf8.count < 15_000_000 && html.contains("data:"))
    }

    @Test func whatIsLeftOutIsTold() throws {
        let document = try #require(self.document("<img src=https://a.example/1><img src=https://a.example/2>"))
        #expect(document.blockedImages == 2 && document.html.contains("<p class=\"blocked\">2 &lt;left out&gt;</p>"))
        #expect(document.html.contains("<title>&lt;b&gt;&amp;</title>") && document.html.contains("<html lang=\"es\">"))
        let shown = try #require(self.document("<img src=https://a.example/1>", remote: true))
        #expect(shown.blockedImages == 0 && !shown.html.contains("class=\"blocked\""))
    }

    @Test func thePolicyAllowsNothingThatRuns() {
        let policy = MailDocument.policy(showsRemoteImages: false).split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(Set(policy).isSuperset(of: ["default-src 'none'", "img-src data:", "form-action 'none'", "base-uri 'none'"]))
        #expect(policy.contains("sandbox allow-popups allow-popups-to-escape-sandbox") && !policy.contains { $0.hasPrefix("script") })
    }
}

@Suite struct RemoteImageTests {
    @Test(
        arguments: [
            ("<p>x</p>", 0), ("<img src=https://a.example/1><IMG alt=x SRC = 'HTTP://b.example/2'>", 2), ("<img src=cid:x>", nil),
            ("<img src=cid:x><img src=\"https://a.example/1\">", 1), ("<img src", nil), ("", 0), ("<im", 0),
            ("<a href=https://a.example>src=http</a>", 0),
        ] as [(String, Int?)])
    func picturesFromElsewhereAreCountedAtAGlance(html: String, count: Int?) {
        #expect(RemoteImages.count(in: html) == count)
    }

    @Test func theGlanceAgreesWithTheReading() {
        let html = "<table><tr><td><img src='https://a.example/1'></td><td><img src=\"http://b.example/2\"><img src=cid:3></td></table>"
        #expect(RemoteImages.count(in: html) == HTMLSanitizer().sanitized(html).blockedImages)
    }
}
