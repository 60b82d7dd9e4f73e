import DeskCore

/// A picture, sticker or video, by its address on this server.
package struct MediaView: Sendable {
    package let path: String
    /// What a screen reader says: the file's name or the kind of thing.
    package let alternative: String
    package let mediaType: String
}

/// Something to listen to.
package struct SoundView: Sendable {
    package let path: String
    /// "Nota de voz" or the file's name.
    package let label: String
    package let mediaType: String
    package let isVoice: Bool
}

/// A file to download.
package struct DocumentView: Sendable {
    package let path: String
    package let name: String
    /// "PDF · 240 kB".
    package let detail: String
    /// The short mark on its icon: "PDF".
    package let mark: String
}

/// A file that is not here (yet).
package struct MissingFileView: Sendable {
    package let words: String
    /// It will not come any more.
    package let isLost: Bool
}

/// The files of a message, sorted by how they are shown.
struct AttachedFiles {
    private(set) var images: [MediaView] = []
    private(set) var stickers: [MediaView] = []
    private(set) var videos: [MediaView] = []
    private(set) var sounds: [SoundView] = []
    private(set) var documents: [DocumentView] = []
    private(set) var missing: [MissingFileView] = []

    init(_ attachments: [Attachment], messageID: String, failed: Set<Int>, wording: Wording) {
        for (index, attachment) in attachments.enumerated() {
            if attachment.blob == nil {
                missing.append(Self.missing(attachment, isLost: failed.contains(index), wording: wording))
            } else {
                add(attachment, path: "/attachments/\(messageID)/\(index)", wording: wording)
            }
        }
    }

    private mutating func add(_ attachment: Attachment, path: String, wording: Wording) {
        let label = attachment.fileName ?? MessageSummary.label(of: attachment.kind, wording: wording)
        let media = MediaView(path: path, alternative: label, mediaType: attachment.mediaType)
        switch attachment.kind {
        case .image: images.append(media)
        case .sticker: stickers.append(media)
        case .video: videos.append(media)
        case .voice, .audio:
            let sound = SoundView(path: path, label: label, mediaType: attachment.mediaType, isVoice: attachment.kind == .voice)
            sounds.append(sound)
        default:
            documents.append(Self.document(attachment, path: path, label: label, wording: wording))
        }
    }

    private static func document(_ attachment: Attachment, path: String, label: String, wording: Wording) -> DocumentView {
        let mark = mark(of: attachment)
        let size = attachment.byteCount.map { wording.byteCount($0) }
        return DocumentView(path: path, name: label, detail: [mark, size].compactMap(\.self).joined(separator: " · "), mark: mark)
    }

    private static func missing(_ attachment: Attachment, isLost: Bool, wording: Wording) -> MissingFileView {
        let label = attachment.fileName ?? MessageSummary.label(of: attachment.kind, wording: wording)
        let key = isLost ? "message.file.lost" : "message.file.pending"
        return MissingFileView(words: wording.text(key, ["file": label]), isLost: isLost)
    }

    /// The extension of the file's name, or the end of its media type; at most four letters.
    private static func mark(of attachment: Attachment) -> String {
        let fromName = attachment.fileName.flatMap { $0.contains(".") ? $0.split(separator: ".").last : nil }
        let fromType = attachment.mediaType.split(separator: "/").last?.split(whereSeparator: { ".-+".contains($0) }).last
        let letters = (fromName ?? fromType ?? "").filter { $0.isLetter || $0.isNumber }
        return String(letters.prefix(4)).uppercased()
    }
}

extension Wording {
    /// A size for people, in decimal units: "240 kB", "1,4 MB".
    package func byteCount(_ count: Int) -> String {
        switch count {
        case ..<1_000: "\(max(0, count)) B"
        case ..<1_000_000: "\(count / 1_000) kB"
        case ..<1_000_000_000: inTenths(count / 100_000, "MB")
        default: inTenths(count / 100_000_000, "GB")
        }
    }

    private func inTenths(_ tenths: Int, _ unit: String) -> String {
        let separator = catalogue.language == .english ? "." : ","
        return tenths >= 100 ? "\(tenths / 10) \(unit)" : "\(tenths / 10)\(separator)\(tenths % 10) \(unit)"
    }
}
