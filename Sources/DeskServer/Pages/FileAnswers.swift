import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird
import NIOCore

/// Media types that may be shown in place; all others are only ever downloaded.
enum MediaTypes {
    private static let shown: Set<String> = [
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/wav",
        "video/mp4", "video/3gpp", "application/pdf", "text/plain",
    ]

    /// The type without parameters, in lower case.
    static func settled(_ mediaType: String) -> String {
        String(mediaType.prefix { $0 != ";" }).lowercased().filter { !$0.isWhitespace }
    }

    /// The type to answer with: from our list, never the sender's word for it.
    static func answered(_ mediaType: String) -> String {
        let settled = settled(mediaType)
        return shown.contains(settled) ? settled : "application/octet-stream"
    }

    private static func isShownInPlace(_ settled: String) -> Bool {
        shown.contains(settled) && settled != "application/pdf" && settled != "text/plain"
    }

    /// Whether a page may show a file: by its type, and a picture only when it is known how large it is, and that is no flood of points.
    static func isShownInPlace(_ mediaType: String, _ bytes: [UInt8]) -> Bool {
        let settled = settled(mediaType)
        guard settled.hasPrefix("image/") else { return isShownInPlace(settled) }
        return isShownInPlace(settled) && PictureSize(ofFile: bytes)?.isBounded ?? false
    }
}

extension UploadedFile {
    /// A picture that browsers and phones would choke on goes nowhere.
    /// - Throws: `picture_too_large`.
    static func requireBounded(_ bytes: [UInt8], named name: String) throws(DeskError) {
        guard let size = PictureSize(ofFile: bytes), !size.isBounded else { return }
        throw DeskError(
            .pictureTooLarge,
            message: "The picture “\(FileNames.safe(name))” has \(size.width) × \(size.height) points, which is more than is taken here "
                + "(\(PictureSize.mostPoints / 1_000_000) million). Nothing was sent.")
    }
}

/// Names of files as somebody else chose them.
enum FileNames {
    private static let longest = 120

    /// Without folders, control and invisible characters; never empty, never hidden.
    static func safe(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
            default: scalar != "\"" && scalar != ":"
            }
        }
        let text = String(String.UnicodeScalarView(visible)).drop { $0 == "." || $0.isWhitespace }
        return text.isEmpty ? "archivo" : String(text.suffix(longest))
    }

    /// `Content-Disposition` (RFC 6266, names by RFC 8187).
    static func disposition(_ name: String, inPlace: Bool) -> String {
        let safe = safe(name)
        let plain = String(safe.map { $0.isASCII && $0 != "%" ? $0 : "_" })
        return "\(inPlace ? "inline" : "attachment"); filename=\"\(plain)\"; filename*=UTF-8''\(PageAnswers.encoded(safe))"
    }
}

extension ServerParts {
    /// Keeps a file that somebody sends, without what its maker wrote into a picture beside what is seen.
    /// - Throws: `picture_too_large` for a picture that no browser can be expected to show; `no_room_for_files`.
    func stored(_ bytes: [UInt8], named name: String, _ mediaType: String) async throws -> OutboundAttachment {
        try UploadedFile.requireBounded(bytes, named: name)
        let plain = PictureMetadata.removed(from: bytes)
        return OutboundAttachment(
            blob: try await blobs.store(plain), mediaType: MediaTypes.settled(mediaType), fileName: FileNames.safe(name),
            byteCount: plain.count)
    }
}

/// Files of messages, for whoever may read the message.
struct FileAnswers {
    let parts: ServerParts

    /// - Parameter limit: the one workspace that the asker's token is limited to.
    /// - Throws: `not_found` for what isn't there, isn't there yet, or isn't for this person.
    func file(_ message: Message.ID, _ index: Int, for reader: Reader, limitedTo limit: Workspace.ID? = nil) async throws -> Response {
        let (attachment, conversation) = try await parts.storage.read { session in
            let (message, conversation) = try Authorization(session, at: parts.now).message(message, for: .read, by: reader.user)
            guard limit == nil || limit == conversation.workspace, message.content.attachments.indices.contains(index) else {
                throw DeskError.nothingThere
            }
            let isMasked = try Authorization(session, at: parts.now).isMasked(conversation, for: reader.user)
            let content = isMasked ? message.content.masked : message.content
            return (content.attachments[index], conversation)
        }
        guard let blob = attachment.blob else {
            throw DeskError(.notFound, message: "The file has not arrived yet.", isTransient: attachment.failure == nil)
        }
        let bytes = try await parts.blobs.read(blob)
        let isShown = MediaTypes.isShownInPlace(attachment.mediaType, bytes)
        try await record("\(message.text)/\(index)", isShown: isShown, of: conversation, by: reader)
        return Self.answer(bytes, attachment, inPlace: isShown)
    }

    /// What a page shows in its place was seen with the conversation; everything else was taken.
    private func record(
        _ what: String, isShown: Bool, of conversation: Conversation, by reader: Reader
    ) async throws {
        let log = RecordReading(parts.context)
        if reader.way == .page, isShown {
            try await log.opened(conversation.id, in: conversation.workspace, by: reader)
        } else {
            try await log.took(.downloaded, what, of: conversation.id, in: conversation.workspace, by: reader)
        }
    }

    private static func answer(_ bytes: [UInt8], _ attachment: Attachment, inPlace: Bool) -> Response {
        let type = MediaTypes.answered(attachment.mediaType)
        return Response(
            status: .ok,
            headers: [
                .contentType: inPlace || !type.hasPrefix("image/") ? type : "application/octet-stream",
                .contentSecurityPolicy: "sandbox; default-src 'none'",
                .contentDisposition: FileNames.disposition(attachment.fileName ?? attachment.kind.rawValue, inPlace: inPlace),
                .cacheControl: "private, no-store", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
