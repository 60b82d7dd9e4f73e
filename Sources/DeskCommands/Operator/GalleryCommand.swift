import ArgumentParser
import DeskWeb
import Foundation

/// `contesta gallery`: every page with sample content, for whoever works on the looks. Not listed in the help.
struct GalleryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gallery", abstract: "Write every page with sample content into a folder.", shouldDisplay: false)

    @Argument(help: "The folder; it is made if missing.")
    var folder: String

    func run() async throws {
        try await CommandFailure.telling {
            let count = try GalleryWriter(renderer: try PageRenderer()).write(to: URL(filePath: folder, directoryHint: .isDirectory))
            print("\(count) pages are in \(folder)")
        }
    }
}
