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

    static func isShownInPlace(_ mediaType: String) -> Bool {
        let settled = settled(mediaType)
        return shown.contains(settled) && settled != "application/pdf" && settled != "text/plain"
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
    /// - Throws: `no_room_for_files`.
    func stored(_ bytes: [UInt8], named name: String, _ mediaType: String) async throws -> OutboundAttachment {
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
        try await record("\(message.text)/\(index)", attachment, of: conversation, by: reader)
        let bytes = try await parts.blobs.read(blob)
        return Self.answer(bytes, attachment)
    }

    /// What a page shows in its place was seen with the conversation; everything else was taken.
    private func record(
        _ what: String, _ attachment: Attachment, of conversation: Conversation, by reader: Reader
    ) async throws {
        let log = RecordReading(parts.context)
        if reader.way == .page, MediaTypes.isShownInPlace(attachment.mediaType) {
            try await log.opened(conversation.id, in: conversation.workspace, by: reader)
        } else {
            try await log.took(.downloaded, what, of: conversation.id, in: conversation.workspace, by: reader)
        }
    }

    private static func answer(_ bytes: [UInt8], _ attachment: Attachment) -> Response {
        let inPlace = MediaTypes.isShownInPlace(attachment.mediaType)
        return Response(
            status: .ok,
            headers: [
                .contentType: MediaTypes.answered(attachment.mediaType), .contentSecurityPolicy: "sandbox; default-src 'none'",
                .contentDisposition: FileNames.disposition(attachment.fileName ?? attachment.kind.rawValue, inPlace: inPlace),
                .cacheControl: "private, no-store", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
