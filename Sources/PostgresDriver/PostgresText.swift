/// How texts stand in PostgreSQL, whose texts can't hold U+0000. Nothing received may be lost, so it is written as two characters:
/// U+0000 as U+0001 U+0001, and U+0001 as U+0001 U+0002.
///
/// The coding is reversible, and keeps the order of texts by their bytes: what is equal, sorted or unique in the desk is so in the
/// database. Almost every text has neither character, and is the same on both sides.
enum PostgresText {
    private static let escape: UInt8 = 1

    static func encode(_ text: some Sequence<UInt8>, into bytes: inout [UInt8]) {
        for byte in text {
            if byte <= escape { bytes.append(escape) }
            bytes.append(byte == 0 ? escape : byte == escape ? escape + 1 : byte)
        }
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        guard bytes.contains(escape) else { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                decoded.append(byte - escape)
                isEscaped = false
            } else if byte == escape {
                isEscaped = true
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
