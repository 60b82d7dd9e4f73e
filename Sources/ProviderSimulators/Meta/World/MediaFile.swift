import Crypto
import DeskCore
import Foundation

/// A file that goes with a message.
package struct MediaFile: Hashable, Sendable {
    package let bytes: [UInt8]
    package let mediaType: String
    package let fileName: String?

    package init(bytes: [UInt8], mediaType: String, fileName: String? = nil) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.fileName = fileName
    }

    /// SHA-256 in lower-case hexadecimal.
    package var digest: String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// SHA-256 in base64, as webhooks state it.
    var webhookDigest: String { Data(SHA256.hash(data: bytes)).base64EncodedString() }
}

/// The kinds of message that carry a file.
package enum MediaKind: String, Hashable, Sendable, CaseIterable {
    case image, video, audio, voice, document, sticker

    /// Meta's name of the type: a voice note is an `audio`.
    package var type: String { self == .voice ? "audio" : rawValue }
}

/// A file that the simulator keeps, received or uploaded.
struct StoredMedia: Sendable {
    let id: String
    let file: MediaFile
    let expiresAt: Instant

    func isGone(at now: Instant) -> Bool { now > expiresAt }

    /// What Meta takes as an upload: media type (without parameters) to the most bytes
    /// ("Business phone numbers, media": supported types).
    static func maximumBytes(ofMediaType mediaType: String) -> Int? {
        let megabyte = 1_048_576
        return switch mediaType.split(separator: ";").first.map({ $0.lowercased() }) ?? "" {
        case "image/jpeg", "image/png": 5 * megabyte
        case "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg": 16 * megabyte
        case "video/mp4", "video/3gpp": 16 * megabyte
        case "image/webp": 512_000
        case "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation":
            100 * megabyte
        default: nil
        }
    }
}
