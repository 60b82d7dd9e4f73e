import DeskCore
import DeskServices
import DeskTesting
import Foundation
import Testing

@testable import DeskCommands

/// Keys and heads as files.
struct HeadFileTests {
    private let workspace = Workspace.ID("0199a0b1-0000-7000-8000-000000000000")

    private func checkpoint(_ size: Int64 = 3) -> LedgerCheckpoint {
        LedgerCheckpoint(workspace: workspace, size: size, root: .leaf([1]), chainHash: "ab", at: Instant(microseconds: 1))
    }

    @Test func aKeyIsMadeOnceAndForItsOwnerOnly() async throws {
        let folder = try TemporaryFolder()
        let keys = FileHeadKeys(in: folder.url)
        #expect(try await keys.key(of: workspace) == nil)
        let head = try await keys.sign(checkpoint())
        let key = try #require(try await FileHeadKeys(in: folder.url).key(of: workspace))
        #expect(head.isSigned(by: key))
        #expect(try mode(folder.path("keys")) == 0o700)
        #expect(try mode(folder.path("keys/ledger-\(workspace).key")) == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("keys")).count == 1)
    }

    @Test func whoeverSignsAtOnceSignsByOneKey() async throws {
        let folder = try TemporaryFolder()
        let checkpoint = checkpoint()
        let identifiers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { try await FileHeadKeys(in: folder.url).sign(checkpoint).keyID } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(identifiers.count == 1)
    }

    @Test func aKeyThatIsNoneIsNotReplaced() async throws {
        let folder = try TemporaryFolder()
        let keys = FileHeadKeys(in: folder.url)
        _ = try await keys.sign(checkpoint())
        let file = folder.path("keys/ledger-\(workspace).key")
        try "nonsense\n".write(toFile: file, atomically: false, encoding: .utf8)
        await #expect(throws: DeskError.self) { try await keys.sign(checkpoint()) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "nonsense\n")
    }

    @Test(arguments: ["../../etc/passwd", "a/b", "", "ñ"])
    func noIdentifierBecomesAPath(text: String) async throws {
        let folder = try TemporaryFolder()
        let odd = LedgerCheckpoint(workspace: Workspace.ID(text), size: 1, root: .leaf([1]), chainHash: "ab", at: Instant(microseconds: 1))
        _ = try await FileHeadKeys(in: folder.url).sign(odd)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("keys")).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["keys"])
    }

    @Test func aHeadIsPutIntoTheFolderWhole() async throws {
        let folder = try TemporaryFolder()
        let keys = FileHeadKeys(in: folder.url)
        let head = try await keys.sign(checkpoint())
        let key = try #require(try await keys.key(of: workspace))
        let outside = folder.url.appending(path: "outside")
        await #expect(throws: DeskError.self) { try await HeadFolder(folder: outside).deliver(head, key: key) }
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: false)
        #expect(try await HeadFolder(folder: outside).deliver(head, key: key) == outside.path)
        _ = try await HeadFolder(folder: outside).deliver(head, key: key)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: outside.path).sorted() == [
                "\(workspace)-000000000003.head", "\(workspace).key",
            ])
        #expect(try LedgerInput.heads(in: outside.path + "/\(workspace)-000000000003.head") == [.signed(head)])
        #expect(try LedgerInput.keys([outside.path + "/\(workspace).key"]) == [key])
        #expect(try LedgerInput.keys([key.text]) == [key])
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
}
