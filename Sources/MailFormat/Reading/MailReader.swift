/// Reads raw mails. Pure: bytes in, values out; never fails, since a mail that can't be read well must still be seen.
package enum MailReader {
    /// - Parameter bytes: One mail as IMAP or a file has it, with CRLF or LF; a line "From …" of a mailbox file before it is skipped.
    package static func mail(in bytes: [UInt8], limits: MimeLimits = MimeLimits()) -> Mail {
        var tree = MimeTree(limits: limits)
        let source = MimeSource(bytes)
        guard let (headers, root) = tree.read(source.bytes) else {
            let text = Charset.text(Array(bytes.prefix(limits.textBytes)), declared: nil)
            return Mail(headers: HeaderFields([]), parts: [], damage: [.noHeader], text: text.isEmpty ? nil : text.readableLines)
        }
        var assembly = MailAssembly(limits: limits)
        if let root { assembly.add(root) }
        return Mail(
            headers: HeaderFields(headers.fields + (root?.headers.fields ?? [])), parts: assembly.parts,
            damage: tree.damage.union(source.damage).union(assembly.strayText == nil ? [] : [.missingParts]), text: assembly.text,
            strayText: assembly.strayText, html: assembly.html)
    }

    /// Bytes without any header as text: UTF-8, or else windows-1252; lines end with LF.
    package static func text(in bytes: [UInt8]) -> String { Charset.text(bytes, declared: nil).readableLines }
}

/// Gathers the parts of a mail in their order, and says what each is for.
struct MailAssembly {
    let limits: MimeLimits
    private(set) var parts: [MailPart] = []
    private var texts: [String] = []
    private var pages: [String] = []
    private var strays: [String] = []

    init(limits: MimeLimits) { self.limits = limits }

    var text: String? { texts.isEmpty ? nil : texts.joined(separator: "\n") }
    var strayText: String? { strays.isEmpty ? nil : strays.joined(separator: "\n") }
    var html: String? { pages.isEmpty ? nil : pages.joined(separator: "\n") }

    mutating func add(_ node: MimeNode, inDigest: Bool = false) {
        let type = ContentType(node.headers, inDigest: inDigest)
        switch node.body {
        case .multipart(let children, let prologue):
            for child in children { add(child, inDigest: type.mediaType == "multipart/digest") }
            if children.isEmpty { addStray(prologue) }
        case .message(let headers, _):
            append(node, type, role: .attachment, content: [], enclosed: headers)
        case .leaf(let content) where type.mediaType.hasPrefix("multipart/"):
            addContradiction(node, content)
        case .leaf(let content):
            addLeaf(node, type, content)
        }
    }

    /// What stands in the place of parts that don't come is kept as text, so that nothing written is lost.
    private mutating func addStray(_ bytes: [UInt8]) {
        let text = Charset.text(bytes, declared: nil).readableLines
        if !text.isBlank { strays.append(text) }
    }

    /// A part that calls itself a container and is none: it counts as what else it calls itself, or as text.
    private mutating func addContradiction(_ node: MimeNode, _ content: [UInt8]) {
        let types = node.headers.all("Content-Type").map { ContentType(HeaderFields([$0])) }
        guard let type = types.first(where: { !$0.mediaType.hasPrefix("multipart/") }) else { return addStray(content) }
        addLeaf(node, type, content)
    }

    private mutating func addLeaf(_ node: MimeNode, _ type: ContentType, _ content: [UInt8]) {
        let disposition = ContentDisposition(node.headers)
        let isFile = disposition.isAttachment || (disposition.fileName ?? type.fileName) != nil
        switch type.mediaType {
        case "text/plain" where !isFile:
            texts.append(text(content, type))
            append(node, type, role: .text, content: content)
        case "text/html" where !isFile:
            pages.append(text(content, type))
            append(node, type, role: .html, content: content)
        case "text/rfc822-headers", "message/global-headers", "message/rfc822", "message/global":
            append(node, type, role: .attachment, content: content, enclosed: HeaderFields(parsing: content))
        default:
            append(node, type, role: .attachment, content: content)
        }
    }

    private func text(_ content: [UInt8], _ type: ContentType) -> String {
        Charset.text(Array(content.prefix(limits.textBytes)), declared: type.parameters["charset"]).readableLines
    }

    private mutating func append(
        _ node: MimeNode, _ type: ContentType, role: MailPart.Role, content: [UInt8], enclosed: HeaderFields? = nil
    ) {
        let disposition = ContentDisposition(node.headers)
        let contentID = node.headers.first("Content-ID").flatMap { MessageIdentifiers.single(in: $0.bytes) }
        parts.append(
            MailPart(
                role: role, headers: node.headers, mediaType: type.mediaType, fileName: disposition.fileName ?? type.fileName,
                contentID: contentID, isInline: disposition.isInline || (contentID != nil && !disposition.isAttachment),
                content: content, enclosedHeaders: enclosed, parameters: type.parameters))
    }
}
