import Foundation

/// How the process gives memory back.
enum ProcessMemory {
    /// In bytes: mails, files and the buffers of their work.
    private static let largeBlock: Int32 = 262_144
    /// `M_MMAP_THRESHOLD` of malloc.h.
    private static let threshold: Int32 = -3

    /// Large blocks go back to the system at once (mallopt(3)). Left alone, glibc learns from the first of them to keep them for the next
    /// ones, in each of its arenas: after some mails with files that is tens of megabytes which nobody uses.
    ///
    /// Swift's Glibc doesn't bring malloc.h along, so the function is asked for by its name; where there is none, nothing is to be done.
    static func returnLargeBlocks() {
        guard let function = dlsym(nil, "mallopt") else { return }
        let setOption = unsafeBitCast(function, to: (@convention(c) (Int32, Int32) -> Int32).self)
        _ = setOption(threshold, largeBlock)
    }
}
