import DeskCore
import DeskServices
import Foundation
import Synchronization

/// Lets tests kill the real program at a fault point, as the current's going would, or pause it there, as a machine that hangs would.
/// Only a debug build has the switch.
///
/// `CONTESTA_CRASH_AT=attempt-committed:2` kills it when it comes there for the second time, `any:7` at the seventh point of any name.
/// `CONTESTA_PAUSE_AT` is written the same way.
struct CrashSwitch: Equatable {
    /// The variables by which a test asks, and the signal with which the program follows.
    static let variables = [(name: "CONTESTA_CRASH_AT", signal: SIGKILL), (name: "CONTESTA_PAUSE_AT", signal: SIGSTOP)]

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
            .invalidRequest, message: "\(text) is no point to crash or to pause at. Write NAME or NAME:TIMES with any, \(names).")
    }

    /// - Parameter environment: the process's.
    /// - Throws: `invalid_request` when a variable is set and can't be followed. Of two, the first holds.
    static func faults(in environment: [String: String]) throws(DeskError) -> FaultPoints {
        guard let asked = variables.first(where: { environment[$0.name] != nil }), let text = environment[asked.name] else { return .none }
        #if DEBUG
        // To this very thread: it may not come any further while another one takes the signal up.
        return try CrashSwitch(parsing: text).faults { raise(asked.signal) }
        #else
        throw DeskError(.invalidRequest, message: "\(asked.name) is set, and only a debug build can follow it. Nothing was started.")
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
