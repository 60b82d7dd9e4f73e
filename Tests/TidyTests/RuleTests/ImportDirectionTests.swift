import Testing

struct ImportDirectionTests {
    @Test(arguments: [
        ("Sources/DeskServices/Receive.swift", "package import DeskCore"),
        ("Sources/DeskCore/Values/Digest.swift", "import Crypto"),
        ("Sources/SQLiteDriver/Driver.swift", "import GRDB"),
        ("Sources/contesta/Main.swift", "import DeskCommands"),
        ("Sources/DeskCore/Sample.swift", "// import DeskServices"),
        ("Tests/DeskCoreTests/Sample.swift", "import DeskServices"),
    ])
    func allowsWhatPointsInward(path: String, line: String) {
        #expect(ImportDirection.violations(in: SwiftFile(path: path, text: line)).isEmpty)
    }

    @Test(arguments: [
        ("Sources/DeskCore/Sample.swift", "import DeskServices"),
        ("Sources/DeskServices/Sample.swift", "package import SQLStore"),
        ("Sources/WhatsAppChannel/Sample.swift", "@testable import DeskServer"),
        ("Sources/DeskWeb/Sample.swift", "import struct DeskServices.Receive"),
        ("Sources/DeskServer/Sample.swift", "import GRDB"),
        ("Sources/DeskServices/Sample.swift", "internal import Hummingbird"),
        ("Sources/NewRoom/Sample.swift", "import DeskCore"),
    ])
    func refusesWhatPointsOutward(path: String, line: String) {
        #expect(ImportDirection.violations(in: SwiftFile(path: path, text: line)).count == 1)
    }

    @Test func saysWhereAndWhatToDo() {
        let file = SwiftFile(path: "Sources/DeskCore/Sample.swift", text: "\nimport DeskServer\n")
        let report = ImportDirection.violations(in: file).report
        #expect(report.hasPrefix("Sources/DeskCore/Sample.swift:2: DeskCore must not import DeskServer. Move the code"))
    }

    @Test func theWallsHaveNoCircle() {
        var remaining = ImportDirection.doors
        while let leaf = remaining.first(where: { $0.value.isEmpty })?.key {
            remaining[leaf] = nil
            remaining = remaining.mapValues { $0.subtracting([leaf]) }
        }
        #expect(remaining.isEmpty)
    }
}
