import Foundation
import ProviderSimulators

/// What the demonstration's people photograph, film and record.
enum DemoFile: Sendable, Hashable {
    case cake, bread, shoppingNote, hoppingBread, jingle

    var file: MediaFile {
        switch self {
        case .cake: Self.decoded(DemoPictureBytes.cake, "image/png", "tarta.png")
        case .bread: Self.decoded(DemoPictureBytes.bread, "image/png", "hogaza.png")
        case .shoppingNote: Self.decoded(DemoPictureBytes.shoppingNote, "image/png", "lista.png")
        case .hoppingBread: Self.decoded(DemoRecordingBytes.hoppingBread, "video/mp4", "pan.mp4")
        case .jingle: Self.decoded(DemoRecordingBytes.jingle, "audio/mpeg", "cuna-feria-del-pan.mp3")
        }
    }

    private static func decoded(_ base64: String, _ mediaType: String, _ name: String) -> MediaFile {
        MediaFile(bytes: Array(Data(base64Encoded: base64) ?? Data()), mediaType: mediaType, fileName: name)
    }
}
