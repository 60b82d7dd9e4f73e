import MailFormat
import Testing

@Suite struct AddressTests {
    /// Name and address, as `name|address`.
    @Test(arguments: [
        ("ana@customer.example", ["|ana@customer.example"]),
        ("Ana Ruiz <ana@customer.example>", ["Ana Ruiz|ana@customer.example"]),
        ("\"Ruiz, Ana\" <ana@customer.example>, Bo <bo@x.example>", ["Ruiz, Ana|ana@customer.example", "Bo|bo@x.example"]),
        ("\"An \\\"A\\\" Ruiz\" <ana@x.example>", ["An \"A\" Ruiz|ana@x.example"]),
        ("=?utf-8?Q?Jos=C3=A9?= <jose@x.example>", ["José|jose@x.example"]),
        ("\"=?utf-8?Q?Jos=C3=A9?=\" <jose@x.example>", ["José|jose@x.example"]),
        ("ana@x.example (Ana Ruiz)", ["Ana Ruiz|ana@x.example"]),
        ("Pete(A \\) chap) <pete(his account)@silly.example(his host)>", ["Pete|pete@silly.example"]),
        ("Friends: Ana <ana@x.example>, bo@x.example;, cy@x.example", ["Ana|ana@x.example", "|bo@x.example", "|cy@x.example"]),
        ("undisclosed-recipients:;", []),
        ("Hidden (list):(nobody) ;", []),
        (", ana@x.example, ,", ["|ana@x.example"]),
        ("<@relay.example:ana@x.example>", ["|ana@x.example"]),
        ("ana @ x . example", ["|ana@x.example"]),
        ("root", ["|root"]),
        ("\"This: is it\" <ana@x.example>", ["This: is it|ana@x.example"]),
        ("<>", []), ("Ana Ruiz ana@x.example", ["Ana Ruiz|ana@x.example"]), ("a@x.example b@x.example", ["|a@x.example", "|b@x.example"]),
        ("Ana <<ana@x.example>>", ["Ana|ana@x.example"]), ("Ana <mailto:ana@x.example>", ["Ana|ana@x.example"]),
        ("Ana <ana@x.example> Ruiz", ["Ana|ana@x.example"]), ("\"ana.ruiz\"@x.example", ["|\"ana.ruiz\"@x.example"]),
        ("ana@x.example>", ["|ana@x.example"]), ("jdoe@test   . example", ["|jdoe@test.example"]),
        ("\"a\\\"@evil.example>, <b\" <real@sender.example>", ["a\"@evil.example>, <b|real@sender.example"]),
        ("\"never closed <ana@x.example>", ["never closed|ana@x.example"]),
        ("ana@[192.0.2.1]", ["|ana@[192.0.2.1]"]),
    ])
    func listsAreRead(raw: String, addresses: [String]) {
        let read = letter("To: \(raw)\n\ntext").to.filter { $0.address.contains("@") || $0.address == "root" }
        #expect(read.map { "\($0.name)|\($0.address)" } == addresses)
    }

    @Test func severalFieldsAreOneList() {
        #expect(letter("To: a@x.example\nTo: b@x.example\n\ntext").to.map(\.address) == ["a@x.example", "b@x.example"])
    }

    @Test func addressesAreComparedWithoutCase() {
        let address = MailAddress(name: "", address: "Ana.Ruiz@Customer.Example")
        #expect(address.key == "ana.ruiz@customer.example" && address.localPart == "ana.ruiz" && address.domain == "customer.example")
    }

    @Test(arguments: [
        ("Your Bank info@bank.example", true), ("<info@bank.example>", true), ("real@sender.example", false), ("Ana", false),
        ("me @ home", false),
    ])
    func aNameThatShowsAnotherAddressIsNoticed(name: String, feigns: Bool) {
        #expect(MailAddress(name: name, address: "real@sender.example").nameFeignsAddress == feigns)
    }
}
