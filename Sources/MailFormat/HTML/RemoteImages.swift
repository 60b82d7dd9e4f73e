/// How many pictures HTML wants from elsewhere, in one look over its bytes: to be said before anybody opens it. The sanitiser, which really
/// reads it, says it exactly (`SanitizedHTML.blockedImages`).
package enum RemoteImages {
    /// Nil where that look can't be sure that there is none.
    package static func count(in html: String) -> Int? {
        var html = html
        return html.withUTF8 { bytes in
            var (pictures, remote, index) = (0, 0, 0)
            while let tag = next("<img", in: bytes, from: index) {
                let end = bytes[tag...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
                pictures += 1
                if isRemote(bytes, tag, end) { remote += 1 }
                index = end
            }
            return remote == 0 && pictures > 0 ? nil : remote
        }
    }

    /// Whether the tag has a source that begins as an address of the net does.
    private static func isRemote(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard let source = next("src", in: bytes, from: start), source < end else { return false }
        let value = bytes[source..<end].drop { !"=".utf8.contains($0) }.dropFirst().drop { " \t\r\n\"'".utf8.contains($0) }
        return value.prefix(4).elementsEqual("http".utf8) { $0 | 0x20 == $1 }
    }

    /// Where a word begins next, whatever its case.
    private static func next(_ word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let length = word.utf8CodeUnitCount
        guard bytes.count - start >= length else { return nil }
        return (start...(bytes.count - length)).first { index in
            (0..<length).allSatisfy { bytes[index + $0] | 0x20 == word.utf8Start[$0] | 0x20 }
        }
    }
}
