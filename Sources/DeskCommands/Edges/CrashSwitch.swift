import DeskCore
import DeskServices
import Foundation
import Synchronization

/// Lets tests kill the real program at a fault point, as the current's going would. Only a debug build has the switch.
///
/// `CONTESTA_CRASH_AT=attempt-committed:2` kills it when it comes there for the second time, `any:7` at the seventh point of any name.
struct CrashSwitch: Equatable {
    static let variable = "CONTESTA_CRASH_AT"

    /// Nil stands for any point.
    let point: FaultPoint?
    /// The arrival at which the program dies, from 1.
    let arrival: Int

    /// - Throws: `invalid_request` when the text names no point, or no arrival.
    init(parsing text: String) throws(DeskError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let arrival = parts.count == 1 ? 1 : Int(parts[1])
        guard parts.count <= 2, let arrival, arrival > 0 else { throw Self.refused(text) }
        guard let point = FaultPoint(rawValue: String(parts[0])) else {
            guard parts[0] == "any" else { throw Self.refused(text) }
            (self.point, self.arrival) = (nil, arrival)
            return
        }
        (self.point, self.arrival) = (point, arrival)
    }

    private static func refused(_ text: String) -> DeskError {
        let names = FaultPoint.allCases.map(\.rawValue).joined(separator: ", ")
        return DeskError(
            .invalidRequest, message: "\(variable)=\(text) is no point to crash at. Write NAME or NAME:TIMES with any, \(names).")
    }

    /// - Parameter environment: the process's.
    /// - Throws: `invalid_request` when the variable is set and can't be followed.
    static func faults(in environment: [String: String]) throws(DeskError) -> FaultPoints {
        guard let text = environment[variable] else { return .none }
        #if DEBUG
        return try CrashSwitch(parsing: text).faults { kill(getpid(), SIGKILL) }
        #else
        throw DeskError(.invalidRequest, message: "\(variable) is set, and only a debug build can follow it. Nothing was started.")
        #endif
    }

    /// - Parameter crash: called at the arrival, in the midst of the work.
    func faults(crash: @escaping @Sendable () -> Void) -> FaultPoints {
        let arrivals = ArrivalCount()
        return FaultPoints { reached in
            guard point == nil || point == reached else { return }
            if arrivals.next() == arrival { crash() }
        }
    }
}

/// Counts across threads.
private final class ArrivalCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
