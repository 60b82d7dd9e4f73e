import MailFormat
import Testing

/// A link's words may lie; what stands beside them does not.
@Suite struct LinkTests {
    private func html(_ target: String, _ words: String) -> String { HTMLSanitizer().sanitized("<a href=\"\(target)\">\(words)</a>").html }

    /// What stands after the link: words, and whether they stand out.
    private func label(_ target: String, _ words: String) -> String? {
        let rest = html(target, words).split(separator: "</a>", maxSplits: 1).last.map(String.init) ?? ""
        return rest.hasPrefix("<span class=\"") ? String(rest.dropFirst(13).dropLast(7)) : nil
    }

    @Test(arguments: [
        "https://banco.example/entrar", "banco.example", "www.banco.example", "HTTPS://BANCO.EXAMPLE", "Ir a banco.example.",
    ])
    func wordsThatNameThePlaceNeedNoOthers(words: String) {
        #expect(label("https://banco.example/entrar", words) == nil)
    }

    @Test(arguments: [
        ("https://click.mailer.example/r?u=1", "Ver la oferta", "leads-to\">(click.mailer.example)"),
        ("https://evil.example/", "www.banco.example", "leads-to leads-to--elsewhere\">(evil.example)"),
        ("https://evil.example/", "evil.example banco.example", "leads-to leads-to--elsewhere\">(evil.example)"),
        ("https://evil.example/banco.example", "https://banco.example/evil.example", "leads-to leads-to--elsewhere\">(evil.example)"),
        ("https://mail.banco.example/", "banco.example", "leads-to\">(mail.banco.example)"),
        ("https://evilbanco.example/", "banco.example", "leads-to leads-to--elsewhere\">(evilbanco.example)"),
        ("https://a.example/f", "factura.pdf", "leads-to\">(a.example)"),
        ("https://banco.example@evil.example/", "banco.example", "leads-to leads-to--elsewhere\">(evil.example)"),
        ("https:evil.example", "Entrar", "leads-to\">(evil.example)"), ("https:\\\\evil.example\\x", "Entrar", "leads-to\">(evil.example)"),
        ("https:///evil.example", "Entrar", "leads-to\">(evil.example)"),
        ("https://evil.example:8443/", "Entrar", "leads-to\">(evil.example)"),
        ("https://b\u{0430}nco.example/", "Entrar", "leads-to\">(xn--bnco-53d.example)"),
        ("https://b\u{FC}cher.example/", "bücher.example", nil), ("https://[2001:db8::1]/", "Entrar", "leads-to\">([2001:db8::1])"),
        ("mailto:otra@ejemplo.com?subject=x", "carla@ejemplo.com", "leads-to\">(otra@ejemplo.com)"),
        ("mailto:carla@ejemplo.com", "Carla@Ejemplo.com", nil), ("tel:+5411", "Llamar", "leads-to\">(+5411)"),
    ])
    func theTruePlaceStandsBesideOtherWords(target: String, words: String, expected: String?) {
        #expect(label(target, words) == expected)
    }

    @Test(arguments: ["https://", "https://%65vil.example/", "https://a b.example", "http:", "https://user@", "https://<b>"])
    func whatNamesNoPlaceLeadsNowhere(target: String) {
        #expect(html(target, "x") == "<a>x</a>")
    }

    @Test func onlyWeSayWhereLinksLead() {
        let forged = "<a href=https://evil.example>Ver</a><span class='leads-to'>(banco.example)</span>"
        let once = HTMLSanitizer().sanitized(forged).html
        #expect(!once.contains("banco.example") && once.hasSuffix("<span class=\"leads-to\">(evil.example)</span>"))
        #expect(HTMLSanitizer().sanitized(once).html == once)
        #expect(HTMLSanitizer().sanitized("<span class=leads-to--elsewhere>x</span>").html == "<span>x</span>")
    }

    @Test(arguments: ["https://localhost/x", "https://192.168.1.1/x", "https://router/x", "https://[::1]/x", "https://impresora.local/x"])
    func noPictureIsFetchedFromTheReadersOwnSurroundings(source: String) {
        let sanitized = HTMLSanitizer(showsRemoteImages: true).sanitized("<img src=\"\(source)\">")
        #expect(sanitized.html == "<img>")
    }

    @Test func picturesAreNeverFetchedInTheClear() {
        let sanitized = HTMLSanitizer(showsRemoteImages: true).sanitized("<img src=\"http://a.example/b.png\">")
        #expect(sanitized.html == "<img src=\"https://a.example/b.png\">")
    }
}
