import DeskCore
import DeskServices
import Synchronization
import Testing

@testable import DeskCommands

/// The switch by which tests let the real program die at a point.
struct CrashSwitchTests {
    @Test(arguments: [
        ("attempt-committed", FaultPoint.attemptCommitted, 1), ("projected:3", .projected, 3), ("any", nil, 1), ("any:12", nil, 12),
    ])
    func aPointAndHowOften(text: String, point: FaultPoint?, arrival: Int) throws {
        let parsed = try CrashSwitch(parsing: text)
        #expect((parsed.point, parsed.arrival) == (point, arrival))
    }

    @Test(arguments: ["", "nowhere", "projected:", "projected:0", "projected:-1", "projected:1:2", "projected:x", ":1"])
    func anythingElseIsRefusedWithTheNamesThatThereAre(text: String) {
        #expect { try CrashSwitch(parsing: text) } throws: { error in
            let error = error as? DeskError
            return error?.code == .invalidRequest && error?.message.contains("attempt-committed") == true
        }
    }

    @Test(arguments: [
        ("any:3", [false, false, true, false]), ("projected:1", [false, true, false, false]), ("projected:2", [false, false, false, true]),
    ])
    func onlyTheNamedArrivalCrashes(text: String, crashes: [Bool]) throws {
        let crashed = Mutex(false)
        let faults = try CrashSwitch(parsing: text).faults { crashed.withLock { $0 = true } }
        let seen = [FaultPoint.receivedBeforeCommit, .projected, .receivedAfterCommit, .projected].map { point in
            faults.reach(point)
            return crashed.withLock { crashed in
                defer { crashed = false }
                return crashed
            }
        }
        #expect(seen == crashes)
    }

    @Test func nobodyCrashesUnasked() throws {
        try CrashSwitch.faults(in: ["PATH": "/usr/bin"]).reach(.projected)
    }
}
