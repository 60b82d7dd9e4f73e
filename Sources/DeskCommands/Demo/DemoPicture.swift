import Foundation
import ProviderSimulators

/// What the demonstration's people photograph.
enum DemoPicture: Sendable, Hashable {
    case cake, bread, shoppingNote

    var file: MediaFile {
        switch self {
        case .cake: Self.decoded(DemoPictureBytes.cake, "tarta.png")
        case .bread: Self.decoded(DemoPictureBytes.bread, "hogaza.png")
        case .shoppingNote: Self.decoded(DemoPictureBytes.shoppingNote, "lista.png")
        }
    }

    private static func decoded(_ base64: String, _ name: String) -> MediaFile {
        MediaFile(bytes: Array(Data(base64Encoded: base64) ?? Data()), mediaType: "image/png", fileName: name)
    }
}
