import DeskCore
import Testing

@testable import EmailChannel

/// What is known of an address's provider.
@Suite struct MailProvidersTests {
    @Test(arguments: [
        ("ana@gmail.com", "google"), ("ANA@GMAIL.COM", "google"), ("ana@googlemail.com", "google"), ("ana@hotmail.com", "outlook"),
        ("ana@hotmail.com.ar", "outlook"), ("ana@live.com.mx", "outlook"), ("ana@outlook.es", "outlook"), ("ana@icloud.com", "icloud"),
        ("ana@yahoo.com.br", "yahoo"), ("ana@yahoo.es", "yahoo"), ("ana@gmx.es", "gmx"), ("ana@uol.com.br", "uol"),
        ("ana@bol.com.br", "bol"), ("ana@terra.com.br", "terra-br"), ("ana@proton.me", "proton"), ("ana@mailbox.org", "mailbox.org"),
        ("ana@posteo.cl", "posteo"), ("ana@fastmail.com", "fastmail"), ("ana@zoho.eu", "zoho-eu"),
    ])
    func anAddressTellsItsProvider(address: String, id: String) {
        #expect(MailProviders.provider(of: address)?.id == id)
    }

    @Test(arguments: [
        "hola@laespiga.example", "ana@hotmail.laespiga.example", "ana@gmail.com.example.org", "ana@notgmail.com", "ana@yahoo.panaderia",
        "gmail.com", "@gmail.com", "ana@", "ana@gmail.com@gmail.com", "",
    ])
    func whatAnybodyMayHaveTellsNothing(address: String) {
        #expect(MailProviders.provider(of: address) == nil)
    }

    @Test func theTableIsInOrder() {
        let all = MailProviders.all
        #expect(Set(all.map(\.id)).count == all.count)
        let domains = all.flatMap(\.domains)
        #expect(Set(domains).count == domains.count)
        #expect(domains.allSatisfy { $0 == $0.lowercased() && $0.contains(".") })
        for provider in all {
            for place in [provider.imap, provider.smtp] {
                #expect(["tls", "starttls"].contains(place.security), "\(provider.id)")
                #expect([993, 143, 465, 587, 1_143, 1_025].contains(place.port), "\(provider.id)")
            }
            #expect(provider.help?.hasPrefix("http") != false)
            #expect(!provider.demands.contains(.signIn) || provider.authorization != nil, "\(provider.id)")
        }
    }

    @Test func onlyThePartBeforeTheSignIsTheNameWhereAProviderWantsThat() throws {
        let uol = try #require(MailProviders.provider(id: "uol"))
        #expect(uol.settings(for: "ana@uol.com.br")["username"] == "ana")
        let google = try #require(MailProviders.provider(id: "google"))
        #expect(google.settings(for: "ana@gmail.com")["username"] == "ana@gmail.com")
        #expect(google.settings(for: "ana@gmail.com")["sent_copy"] == "provider")
    }

    @Test func ofAnUnknownDomainTheUsualNamesAreTriedUnderProtectionFirst() {
        let guesses = MailProviders.guesses(for: "hola@laespiga.example")
        #expect(guesses.imap.first == .init("imap.laespiga.example", 993, "tls"))
        #expect(guesses.smtp.first == .init("smtp.laespiga.example", 465, "tls"))
        #expect((guesses.imap + guesses.smtp).allSatisfy { $0.security != "none" && $0.host.hasSuffix(".laespiga.example") })
        #expect(MailProviders.guesses(for: "hola").imap.isEmpty)
    }
}
