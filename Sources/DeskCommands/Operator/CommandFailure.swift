import ArgumentParser
import DeskBackup
import DeskCore
import DeskServices
import Foundation
import SQLStore

/// How commands end when they can't do their work: one line on standard error, and an exit code of sysexits.
enum CommandFailure {
    private static let badData: Int32 = 65
    private static let unavailable: Int32 = 69
    private static let internalFault: Int32 = 70
    private static let tryAgain: Int32 = 75
    private static let noPermission: Int32 = 77

    /// Exit code for a disk that can't be trusted any more.
    static let diskFailure: Int32 = 74
    /// Exit code for what is wrong in the configuration or the schema.
    static let configuration: Int32 = 78

    /// Runs a command's work.
    /// - Throws: `ExitCode` after having said what was wrong.
    static func telling<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DeskError {
            say("contesta: \(error.message)")
            throw ExitCode(code(of: error))
        } catch let error as ExitCode {
            throw error
        } catch {
            say("contesta: \(error)")
            throw ExitCode(internalFault)
        }
    }

    static func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private static func code(of error: DeskError) -> Int32 {
        switch error.code {
        case .invalidRequest, .passwordTooCommon, .notFound, .emptyReply, .backupDamaged, .restoreRefused, .storageDamaged: badData
        case .providerUnsuitable: error.isTransient ? tryAgain : badData
        case .backupFailed: unavailable
        case .storageFailed: diskFailure
        case .storageUnavailable: error.isTransient ? tryAgain : unavailable
        case .forbidden, .unauthenticated, .outOfGrant, .agreementRequired: noPermission
        default: error.isTransient ? tryAgain : configuration
        }
    }
}
