import ArgumentParser
import DeskCore
import Foundation

/// Where a simulator's secrets come from: never from the command line itself, which others on the machine can read.
struct SimulatorSecretOptions: ParsableArguments {
    @Flag(help: "Read app_secret, access_token and verify_token from standard input, as KEY=VALUE lines.")
    var secretsStdin = false

    @Option(help: ArgumentHelp("The environment variable that holds the app secret.", valueName: "name"))
    var appSecretEnv = "CONTESTA_SIMULATOR_APP_SECRET"

    @Option(help: ArgumentHelp("The environment variable that holds the access token.", valueName: "name"))
    var accessTokenEnv = "CONTESTA_SIMULATOR_ACCESS_TOKEN"

    @Option(help: ArgumentHelp("The environment variable that holds the verify token.", valueName: "name"))
    var verifyTokenEnv = "CONTESTA_SIMULATOR_VERIFY_TOKEN"

    func read() throws -> (appSecret: Secret, accessToken: Secret, verifyToken: Secret) {
        let lines = secretsStdin ? Self.linesOfStandardInput() : [:]
        return (
            try secret("app_secret", lines, variable: appSecretEnv), try secret("access_token", lines, variable: accessTokenEnv),
            try secret("verify_token", lines, variable: verifyTokenEnv)
        )
    }

    private func secret(_ key: String, _ lines: [String: String], variable: String) throws -> Secret {
        if let value = lines[key] ?? ProcessInfo.processInfo.environment[variable], !value.isEmpty { return Secret(value) }
        throw ValidationError(
            "There is no \(key). Give it on standard input with --secrets-stdin (\(key)=…), or in the environment variable \(variable).")
    }

    private static func linesOfStandardInput() -> [String: String] {
        var values: [String: String] = [:]
        while let line = readLine() {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
        }
        return values
    }
}
