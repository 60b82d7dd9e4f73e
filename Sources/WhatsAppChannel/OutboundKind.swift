/// As what WhatsApp takes a file of ours.
///
/// Source: Cloud API, "Media", supported types and sizes. Whatever fits no kind of its own goes as a document, and so does a sound
/// that has words beside it, since WhatsApp carries no caption with sounds.
enum OutboundKind: String {
    case image, audio, video, document

    /// Nil where there is no media type to speak of.
    init?(mediaType: String, hasCaption: Bool) {
        let essence = mediaType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        guard essence.split(separator: "/").count == 2 else { return nil }
        switch essence {
        case "image/jpeg", "image/png": self = .image
        case "video/mp4", "video/3gpp": self = .video
        case "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg": self = hasCaption ? .document : .audio
        default: self = .document
        }
    }

    var maximumBytes: Int {
        switch self {
        case .image: 5 << 20
        case .audio, .video: 16 << 20
        case .document: 100 << 20
        }
    }
}
