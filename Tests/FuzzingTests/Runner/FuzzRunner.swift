import CLibFuzzer
import Foundation
import Synchronization

/// `fuzz TARGET [libFuzzer's own options and corpus folders]`: searches on, guided by what of the code each input reaches. Ends at the
/// first input that breaks something, which it writes into a file.
@main struct FuzzRunner {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let target = FuzzTarget(rawValue: arguments[1]) else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            FileHandle.standardError.write(Data("usage: fuzz TARGET [OPTION…] [FOLDER…]; TARGET is one of: \(names)\n".utf8))
            exit(64)
        }
        chosen.withLock { $0 = target }
        var kept: [UnsafeMutablePointer<CChar>?] = ([arguments[0]] + arguments.dropFirst(2)).map { strdup($0) } + [nil]
        var count = Int32(kept.count - 1)
        exit(
            kept.withUnsafeMutableBufferPointer { words in
                var first = words.baseAddress
                return LLVMFuzzerRunDriver(&count, &first, judge)
            })
    }
}

/// libFuzzer's callback can carry nothing with it.
private let chosen = Mutex(FuzzTarget.json)

private func judge(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    do {
        try chosen.withLock { $0 }.judge(bytes)
        return 0
    } catch {
        FileHandle.standardError.write(Data("broken: \(error)\n".utf8))
        abort()
    }
}
