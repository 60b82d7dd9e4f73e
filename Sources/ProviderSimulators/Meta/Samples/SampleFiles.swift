import Foundation

/// Small real files for contacts to send.
package enum SampleFiles {
    package static func file(for kind: MediaKind) -> MediaFile {
        switch kind {
        case .image: decoded(SampleBytes.landscapePNG, "image/png", "landscape.png")
        case .video: decoded(SampleBytes.testPictureMP4, "video/mp4", "video.mp4")
        case .audio: decoded(SampleBytes.toneMP3, "audio/mpeg", "tone.mp3")
        case .voice: decoded(SampleBytes.voiceOgg, "audio/ogg; codecs=opus", nil)
        case .document: decoded(SampleBytes.orderPDF, "application/pdf", "pedido-1042.pdf")
        case .sticker: decoded(SampleBytes.faceWebP, "image/webp", nil)
        }
    }

    private static func decoded(_ base64: String, _ mediaType: String, _ fileName: String?) -> MediaFile {
        MediaFile(bytes: Array(Data(base64Encoded: base64) ?? Data()), mediaType: mediaType, fileName: fileName)
    }
}
