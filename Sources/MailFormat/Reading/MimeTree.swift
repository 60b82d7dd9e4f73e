import CGMime

/// Copies what GMime has parsed into values, within limits.
struct MimeTree {
    let limits: MimeLimits
    private(set) var damage: Set<MailDamage> = []
    private var parts = 0
    private var contentBytes = 0

    init(limits: MimeLimits) { self.limits = limits }

    /// The mail's header together with the tree of its parts; nil if nothing in the bytes looks like a mail.
    mutating func read(_ bytes: [UInt8]) -> (headers: HeaderFields, root: MimeNode?)? {
        guard let message = GMimeObject.message(in: bytes) else { return nil }
        return withExtendedLifetime(message) {
            let root = cgmime_root(message.pointer).flatMap { node($0, depth: 0) }
            return (fields(of: message.pointer), root)
        }
    }

    private mutating func node(_ object: UnsafeMutableRawPointer, depth: Int) -> MimeNode? {
        guard depth < limits.depth else { return skipped(.tooDeep) }
        guard parts < limits.parts else { return skipped(.tooManyParts) }
        parts += 1
        let headers = fields(of: object)
        switch cgmime_kind_of(object) {
        case Int32(CGMIME_MULTIPART.rawValue): return MimeNode(headers: headers, body: multipart(object, depth: depth))
        case Int32(CGMIME_MESSAGE.rawValue): return MimeNode(headers: headers, body: message(object, depth: depth))
        case Int32(CGMIME_LEAF.rawValue): return MimeNode(headers: headers, body: .leaf(content(of: object)))
        default: return MimeNode(headers: headers, body: .leaf([]))
        }
    }

    private mutating func skipped(_ reason: MailDamage) -> MimeNode? {
        damage.insert(reason)
        return nil
    }

    private mutating func multipart(_ object: UnsafeMutableRawPointer, depth: Int) -> MimeNode.Body {
        var children: [MimeNode] = []
        for index in 0..<cgmime_child_count(object) {
            guard parts < limits.parts else {
                damage.insert(.tooManyParts)
                break
            }
            if let child = cgmime_child(object, index).flatMap({ node($0, depth: depth + 1) }) { children.append(child) }
        }
        return .multipart(children, prologue: text(cgmime_prologue(object), atMost: limits.textBytes))
    }

    private mutating func message(_ object: UnsafeMutableRawPointer, depth: Int) -> MimeNode.Body {
        guard let message = cgmime_message_inside(object) else { return .leaf([]) }
        let root = cgmime_root(message).flatMap { node($0, depth: depth + 1) }
        return .message(fields(of: message), root)
    }

    /// GMime leaves out the last bytes of base64 whose padding is missing, so that is decoded here.
    private mutating func content(of leaf: UnsafeMutableRawPointer) -> [UInt8] {
        let room = limits.contentBytes - contentBytes
        let isBase64 = cgmime_is_base64(leaf) != 0
        guard let stream = GMimeObject(owned: isBase64 ? cgmime_encoded(leaf) : cgmime_decoded(leaf)) else { return [] }
        let bytes = stream.withBytes(atMost: isBase64 ? room / 3 * 4 : room) { isBase64 ? Base64.decodeBody($0) : Array($0) }
        contentBytes += bytes.count
        if contentBytes >= limits.contentBytes - 4 { damage.insert(.tooLarge) }
        return bytes
    }

    private mutating func fields(of object: UnsafeMutableRawPointer) -> HeaderFields {
        let count = cgmime_header_count(object)
        if count > Int32(limits.fields) { damage.insert(.tooManyFields) }
        var fields: [HeaderFields.Field] = []
        for index in 0..<min(count, Int32(limits.fields)) {
            let name = String(decoding: text(cgmime_header_name(object, index), atMost: 256), as: UTF8.self)
            let value = text(cgmime_header_value(object, index), atMost: limits.fieldBytes)
            if value.count == limits.fieldBytes { damage.insert(.tooManyFields) }
            fields.append(HeaderFields.Field(name: name, folded: value))
        }
        return HeaderFields(fields)
    }

    private func text(_ pointer: UnsafePointer<CChar>?, atMost limit: Int) -> [UInt8] {
        guard let pointer else { return [] }
        var bytes: [UInt8] = []
        while bytes.count < limit, pointer[bytes.count] != 0 { bytes.append(UInt8(bitPattern: pointer[bytes.count])) }
        return bytes
    }
}
