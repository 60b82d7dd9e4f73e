import ArgumentParser
import DeskCore
import EmailChannel
import Foundation
import MailTransport

/// `contesta mailbox`.
struct MailboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailbox", abstract: "Look at a mailbox from the outside.", subcommands: [MailboxTry.self])
}

/// `contesta mailbox try`.
struct MailboxTry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Sign in to a mailbox and its outgoing server, and say what is there.",
        discussion: """
            The password comes on standard input. Nothing is stored, sent, or marked as read. Exit 0: both servers let in. 75: one can't be \
            reached or spoken to now. 78: one proves no name, or does not take the password.
            """)

    @Argument(help: "The mailbox's address.")
    var address: String

    @Option(help: ArgumentHelp("Where mail is read.", valueName: "host[:port]"))
    var imap: String

    @Option(help: "How: tls (port 993), starttls (143), or none, which is for a server on this machine only.")
    var imapSecurity = "tls"

    @Option(help: ArgumentHelp("Where mail is handed in.", valueName: "host[:port]"))
    var smtp: String

    @Option(help: "How: tls (port 465), starttls (587), or none, which is for a server on this machine only.")
    var smtpSecurity = "tls"

    @Option(help: "By which name to sign in; the address, if it is not given.")
    var username: String?

    @Option(help: ArgumentHelp("A PEM file with certificates to trust beside the system's.", valueName: "file"))
    var authority: String?

    @Flag(help: "Read the password from standard input. Required: it is taken from nowhere else.")
    var passwordStdin = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard passwordStdin else { throw ValidationError("Add --password-stdin and give the password on standard input.") }
    }

    func run() async throws {
        let report = try await CommandFailure.telling {
            let trial = MailboxTrial(
                imap: [try server(imap, imapSecurity, ports: (tls: 993, other: 143))],
                smtp: [try server(smtp, smtpSecurity, ports: (tls: 465, other: 587))],
                credentials: .password(user: username ?? address, password: try SecretInput.line()))
            do throws(MailboxRefusal) {
                return MailboxReportText(try await trial.run())
            } catch {
                throw DeskError(error)
            }
        }
        print(json ? try report.json() : report.text)
    }

    /// - Throws: `invalid_request` for what is no server, or is none that may be spoken to without protection.
    private func server(_ place: String, _ security: String, ports: (tls: Int, other: Int)) throws -> MailServer {
        guard let security = MailServer.Security(rawValue: security) else {
            throw DeskError(.invalidRequest, message: "A mail server is spoken to by tls, starttls or none. Nothing was tried.")
        }
        let parts = place.split(separator: ":", omittingEmptySubsequences: false)
        let port = parts.count == 2 ? Int(parts[1]) : security == .tls ? ports.tls : ports.other
        guard (1...2).contains(parts.count), !parts[0].isEmpty, let port, (1...65_535).contains(port) else {
            throw DeskError(.invalidRequest, message: "\(place) is no host, or host:port. Nothing was tried.")
        }
        let server = MailServer(host: String(parts[0]), port: port, security: security, authorities: try authorities())
        guard security != .plain || server.mayBeSpokenToInTheClear else {
            throw DeskError(.invalidRequest, message: "Without protection only a server on this machine is spoken to. Nothing was tried.")
        }
        return server
    }

    private func authorities() throws -> String? {
        guard let authority else { return nil }
        guard let text = try? String(contentsOfFile: authority, encoding: .utf8) else {
            throw DeskError(.invalidRequest, message: "\(authority) can't be read. Nothing was tried.")
        }
        return text
    }
}
