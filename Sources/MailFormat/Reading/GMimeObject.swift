import CGMime

/// One of GMime's objects that is ours to give back; everything borrowed from it is read before this goes.
final class GMimeObject {
    let pointer: UnsafeMutableRawPointer

    /// Takes what GMime handed over; nil for nothing.
    init?(owned pointer: UnsafeMutableRawPointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { cgmime_release(pointer) }

    /// The message that stands in the bytes, which GMime copies; nil if nothing in them looks like one.
    static func message(in bytes: [UInt8]) -> GMimeObject? {
        GMimeLibrary.start
        return bytes.withUnsafeBytes { GMimeObject(owned: cgmime_parse($0.baseAddress, $0.count)) }
    }

    /// Lends what a stream in memory holds, up to a limit, for as long as the closure runs.
    func withBytes<Result>(atMost limit: Int, _ read: (UnsafeRawBufferPointer) -> Result) -> Result {
        withExtendedLifetime(self) {
            var count = 0
            let bytes = cgmime_bytes(pointer, &count)
            return read(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : min(count, limit)))
        }
    }
}

/// GMime registers its types once in a process; a constant is made once, whoever asks first.
enum GMimeLibrary {
    static let start: Void = cgmime_start()
}
