import DeskTesting
import Foundation
import Testing

@testable import DeskBackup

@Suite struct TarTests {
    @Test(arguments: [0, 1, 511, 512, 513, 8_589_934_591, 8_589_934_592, 5_000_000_000_000])
    func aHeaderIsReadAsItWasWritten(size: Int64) throws {
        let header = TarHeader(name: "blobs/ab/x", size: size, modifiedAt: 1_795_176_000)
        let block = try #require(header.block)
        #expect(block.count == 512)
        #expect(TarHeader(block) == header)
        #expect((size + Int64(header.padding)) % 512 == 0)
    }

    @Test func aChangedHeaderIsNone() throws {
        var block = try #require(TarHeader(name: "a", size: 1, modifiedAt: 1).block)
        block[0] ^= 1
        #expect(TarHeader(block) == nil)
    }

    @Test func aNameThatDoesNotFitIsRefused() {
        #expect(TarHeader(name: String(repeating: "a", count: 101), size: 1, modifiedAt: 1).block == nil)
    }

    /// The layout of IEEE Std 1003.1: name, mode, size and magic at their places.
    @Test func theFieldsAreWhereEveryTarLooksForThem() throws {
        let block = try #require(TarHeader(name: "manifest.json", size: 10, modifiedAt: 0).block)
        #expect(String(decoding: block[..<13], as: UTF8.self) == "manifest.json")
        #expect(String(decoding: block[100..<107], as: UTF8.self) == "0000600")
        #expect(String(decoding: block[124..<135], as: UTF8.self) == "00000000012")
        #expect(String(decoding: block[257..<262], as: UTF8.self) == "ustar")
    }
}
