import Foundation
import ServiceLifecycle

/// Gives memory back that glibc keeps though nothing is in it (malloc(3)).
///
/// Left alone, it learns from the first large block to keep all of them for the next ones; and small ones, of which the parts of mails are
/// made, stay with each of its arenas. After some thousand mails with files that is as much as the desk itself needs.
///
/// Swift's Glibc doesn't bring malloc.h along, so the functions are asked for by their names; where they are not, nothing is to be done.
struct ProcessMemory: Service {
    private static let lookout = Duration.seconds(1)
    /// In bytes: mails, files and the buffers of their work.
    private static let largeBlock: Int32 = 262_144
    /// `M_MMAP_THRESHOLD` of malloc.h.
    private static let threshold: Int32 = -3

    private typealias SetOption = @convention(c) (Int32, Int32) -> Int32
    private typealias Trim = @convention(c) (Int) -> Int32

    /// Large blocks go back at once from now on (mallopt(3)), small ones while this runs (malloc_trim(3)).
    init() {
        if let setOption = Self.function("mallopt", as: SetOption.self) { _ = setOption(Self.threshold, Self.largeBlock) }
    }

    func run() async throws {
        guard let trim = Self.function("malloc_trim", as: Trim.self) else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            var growth = MemoryGrowth()
            while (try? await Task.sleep(for: Self.lookout)) != nil {
                guard growth.isWorthTrimming(Self.resident) else { continue }
                _ = trim(0)
                growth.trimmed(to: Self.resident)
            }
        }
    }

    /// In bytes (proc(5), `statm`); 0 where the system doesn't say.
    private static var resident: Int {
        let words = FileManager.default.contents(atPath: "/proc/self/statm").map { String(decoding: $0, as: UTF8.self) }
        let pages = words?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
        dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }
}

/// Says when so much was taken since the last time that giving back is worth its work.
struct MemoryGrowth {
    /// In bytes.
    static let step = 8 * 1_048_576

    private var floor: Int?

    mutating func isWorthTrimming(_ resident: Int) -> Bool {
        let floor = min(self.floor ?? resident, resident)
        self.floor = floor
        return resident - floor >= Self.step
    }

    mutating func trimmed(to resident: Int) { floor = resident }
}
