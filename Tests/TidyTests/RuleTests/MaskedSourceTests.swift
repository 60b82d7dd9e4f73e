import Testing

/// The scanner on samples that trip scanners up.
struct MaskedSourceTests {
    @Test func separatesCodeCommentsAndStrings() {
        let source = MaskedSource(#"let greeting = "hello" // said once"#)
        #expect(source.code == ["let greeting ="])
        #expect(source.comments == [String(repeating: " ", count: 23) + "// said once"])
        #expect(source.strings == [String(repeating: " ", count: 15) + #""hello""#])
    }

    @Test func keepsOneLinePerLine() {
        let source = MaskedSource("one\n/* two\nthree */ four\n")
        #expect(source.code == ["one", "", "         four", ""])
        #expect(source.comments == ["", "/* two", "three */", ""])
    }

    @Test(arguments: [
        (#"print("a // b")"#, "print(        )"),
        (#"print("a \" { b")"#, "print(          )"),
        (##"print(#"a " { b"#)"##, "print(           )"),
        (##"print(#"a \(b) c"#)"##, "print(            )"),
        (##"print(#"a \#(b) c"#)"##, "print(       b     )"),
        (#"print("a \(f("}", { $0 })) z")"#, "print(     f(   , { $0 })    )"),
        ("a /* b /* c */ d */ e", "a                   e"),
        (#"let pattern = #/a"{/#; f()"#, "let pattern =        ; f()"),
        (#"match(/a"{/, b)"#, "match(     , b)"),
        ("let half = whole / 2 / 3", "let half = whole / 2 / 3"),
        (#"#if os(Linux)"#, "#if os(Linux)"),
        (#"#expect(a == "b")"#, "#expect(a ==    )"),
    ])
    func keepsOnlyCode(source: String, code: String) {
        #expect(MaskedSource(source).code == [code])
    }

    @Test func readsMultilineStringsToTheirEnd() {
        let source = MaskedSource(
            """
            let text = \"""
                a "quoted" { word
                \\(value { $0 }) more
                \"""
            next()
            """)
        #expect(source.code == ["let text =", "", "      value { $0 }", "", "next()"])
    }

    @Test func endsQuietlyInsideWhatIsNeverClosed() {
        #expect(MaskedSource(#"let open = "never"#).code == ["let open ="])
        #expect(MaskedSource("/* never").code == [""])
    }
}
