import DeskCore
import DeskWeb
import Foundation

/// What the server says once it takes requests.
struct StartAnnouncement: Sendable {
    let publicURL: String?
    let scheme: String
    let host: String
    let folder: URL
    let database: DatabasePlace
    let setupToken: Secret?
    let samplePeople: [SignInPage.SamplePerson]

    func say(port: Int) {
        print(lines(port: port).joined(separator: "\n"))
        fflush(nil)
    }

    private func lines(port: Int) -> [String] {
        let address = publicURL ?? "\(scheme)://\(["127.0.0.1", "0.0.0.0", "::1"].contains(host) ? "localhost" : host):\(port)"
        var lines = ["", "  Contesta \(Version.text) is running: \(address)", "  Data: \(folder.path)"]
        if case .postgres(let address) = database { lines.append("  Database: PostgreSQL at \(address)") }
        if let setupToken {
            lines += ["", "  This desk is new. Set it up here (the link works until it is done):"]
            lines += ["  \(address)/setup?token=\(setupToken.exposed())"]
        }
        if !samplePeople.isEmpty {
            lines += ["", "  DEMONSTRATION: the people and channels here are made up; nothing reaches anybody.", "  Sign in as:"]
            lines += samplePeople.map { "    \($0.email)   \($0.password)   (\($0.name))" }
        }
        return lines + [""]
    }
}
