import Foundation
import Testing

@testable import DeskWeb

@Suite struct GalleryTests {
    @Test func theWrittenGalleryHoldsEveryPageAndEveryAssetThatItNames() throws {
        let renderer = try PageRenderer()
        let folder = FileManager.default.temporaryDirectory.appending(path: "contesta-gallery-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let count = try GalleryWriter(renderer: renderer).write(to: folder)
        let written = try Resources.files(under: folder)
        #expect(written.filter { $0.hasSuffix(".html") }.count == count)
        let page = String(decoding: try Resources.read(folder.appending(path: "queue.es.dark.html")), as: UTF8.self)
        for asset in page.matches(of: /(?:href|src)="\/(static\/[^"#]+)/) {
            #expect(written.contains(String(asset.output.1)))
        }
    }

    @Test func sampleNamesAreUnique() throws {
        let gallery = Gallery(language: .english, catalogues: try Catalogues())
        let names = gallery.pages.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
