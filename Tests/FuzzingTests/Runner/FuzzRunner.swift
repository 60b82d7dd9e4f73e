import CLibFuzzer
import Foundation

/// `CONTESTA_FUZZ_TARGET=… fuzz [libFuzzer's own options and corpus folders]`: searches on, guided by what of the code each input
/// reaches. Ends at the first input that breaks something, which it writes into a file.
@main struct FuzzRunner {
    static func main() {
        var words: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) } + [nil]
        var count = Int32(words.count - 1)
        exit(
            words.withUnsafeMutableBufferPointer { words in
                var first = words.baseAddress
                return LLVMFuzzerRunDriver(&count, &first, judge)
            })
    }
}

/// The name under which libFuzzer's own `main` looks for what it is to call; which of the two the linker takes makes no difference.
@_cdecl("LLVMFuzzerTestOneInput") func judge(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let target else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(Data("CONTESTA_FUZZ_TARGET is one of: \(names)\n".utf8))
        exit(64)
    }
    do {
        try target.judge(Array(UnsafeBufferPointer(start: data, count: count)))
        return 0
    } catch {
        FileHandle.standardError.write(Data("broken: \(error)\n".utf8))
        abort()
    }
}

private let target = ProcessInfo.processInfo.environment["CONTESTA_FUZZ_TARGET"].flatMap(FuzzTarget.init)
