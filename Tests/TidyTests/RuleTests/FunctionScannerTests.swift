import Testing

/// Lengths of bodies, as a person would count them.
struct FunctionScannerTests {
    private func bodies(_ source: String) -> [MeasuredBody] {
        FunctionScanner(code: MaskedSource(source).code).bodies()
    }

    @Test func countsTheLinesBetweenTheBraces() {
        let found = bodies(
            """
            struct Sample {
                func short() -> Int { 1 }

                func long(
                    a: Int
                ) {
                    first()
                    // a comment counts, since it is read
                    if a > 0 {
                        second()
                    }
                }
            }
            """)
        #expect(
            found == [
                MeasuredBody(kind: .function, name: "short", line: 2, length: 1),
                MeasuredBody(kind: .function, name: "long", line: 4, length: 5),
            ])
    }

    @Test func bracesInStringsAndCommentsDoNotCount() {
        let found = bodies(
            #"""
            func tricky() {
                print("} \(braces { $0 }) {") // }
                /* } */
            }
            func after() {}
            """#)
        #expect(found.map(\.name) == ["tricky", "after"])
        #expect(found.map(\.length) == [2, 1])
    }

    @Test func requirementsHaveNoBody() {
        let found = bodies(
            """
            protocol Port {
                func send(_ text: String) async throws
                func close()
                init(name: String)
                var isOpen: Bool { get }
            }
            func real() {}
            """)
        #expect(found.map(\.name) == ["isOpen", "real"])
    }

    @Test func callsOfInitialisersAreNoDeclarations() {
        let found = bodies(
            """
            init?(_ text: String) {
                self.init(text, handler: { $0 })
                let made = Type.init { 1 }
            }
            """)
        #expect(found.map(\.name) == ["init"])
    }

    @Test func defaultClosuresAreNotTheBody() {
        let found = bodies(
            """
            func wait(until done: () -> Bool = { true }, then act: () -> Void = {
                later()
            }) {
                act()
            }
            """)
        #expect(found == [MeasuredBody(kind: .function, name: "wait", line: 1, length: 1)])
    }

    @Test func tellsComputedPropertiesFromStoredOnes() {
        let found = bodies(
            """
            var stored: Int
            if ready { start() }
            var closure = { 1 }
            var computed: String {
                get { text }
                set {
                    text = newValue
                }
            }
            """)
        #expect(found == [MeasuredBody(kind: .property, name: "computed", line: 4, length: 4)])
    }

    @Test func measuresFunctionsInsideFunctions() {
        let found = bodies(
            """
            func outer() {
                func inner() {
                    one()
                }
                inner()
            }
            """)
        #expect(found.map(\.name) == ["outer", "inner"])
        #expect(found.map(\.length) == [4, 1])
    }

    @Test func knowsOperatorsAndSubscripts() {
        let found = bodies(
            """
            static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
            subscript(index: Int) -> Int { index }
            deinit { close() }
            """)
        #expect(found.count == 3)
    }
}
