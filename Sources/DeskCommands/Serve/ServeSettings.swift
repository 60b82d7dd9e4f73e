import Configuration
import DeskCore
import DeskServer
import DeskServices
import Foundation
import SystemPackage

/// How the server is to run: flags before environment (`CONTESTA_…`) before `contesta.yaml` in the data folder.
struct ServeSettings: Sendable {
    /// `host:port`.
    var listen: String
    var publicURL: String?
    /// The address of a PostgreSQL database; nil for the one in the data folder.
    var database: String?
    var undoTime: Duration
    var logLevel: String
    /// Where signed heads of the ledgers are put for others to keep; nil: nowhere outside.
    var ledgerHeads: String?
    var headSchedule: HeadSchedule
    var masterKey: MasterKeySource
    /// PEM files, for a server that speaks TLS itself.
    var certificate: String?
    var certificateKey: String?
    /// The networks of proxies whose word about addresses counts; nil for this very machine.
    var trustedProxies: String?

    /// Reads environment and file; flags go over it.
    /// - Throws: a configuration error naming the file or the key.
    static func read(in folder: URL) async throws -> ServeSettings {
        let file = folder.appending(path: "contesta.yaml").path
        do {
            let reader = ConfigReader(providers: [
                EnvironmentVariablesProvider().prefixKeys(with: "contesta"),
                try await FileProvider<YAMLSnapshot>(filePath: FilePath(file), allowMissing: true),
            ])
            return ServeSettings(
                listen: reader.string(forKey: "listen", default: "127.0.0.1:8080"), publicURL: reader.string(forKey: "public.url"),
                database: reader.string(forKey: "database", isSecret: true),
                undoTime: .seconds(reader.int(forKey: "undo.seconds", default: 5)),
                logLevel: reader.string(forKey: "log.level", default: "info"), ledgerHeads: reader.string(forKey: "ledger.heads"),
                headSchedule: HeadSchedule(
                    interval: .minutes(max(1, reader.int(forKey: "ledger.minutes", default: 10))),
                    entries: Int64(max(1, reader.int(forKey: "ledger.entries", default: 10_000)))),
                masterKey: MasterKeySource(
                    key: reader.string(forKey: "master.key", isSecret: true).map { Secret($0) },
                    file: reader.string(forKey: "master.key.file"), command: reader.string(forKey: "master.key.command")),
                certificate: reader.string(forKey: "tls.certificate"), certificateKey: reader.string(forKey: "tls.key"),
                trustedProxies: reader.string(forKey: "trusted.proxies"))
        } catch {
            throw DeskError(DeskError.Code("configuration"), message: "\(file) can't be read as YAML. Nothing was started.")
        }
    }

    /// The address for a browser on this very machine. By name: browsers keep secure cookies for `localhost` without TLS.
    var localURL: String {
        let port = listen.split(separator: ":").last ?? "8080"
        return "\(scheme)://localhost:\(port)"
    }

    /// What the server itself speaks.
    var scheme: String { certificate == nil ? "http" : "https" }

    /// - Throws: a configuration error for what is no network.
    func proxies() throws -> TrustedProxies { try trustedProxies.map { try TrustedProxies($0) } ?? .loopback }

    /// - Throws: a configuration error for a certificate without its key.
    func certificateFiles() throws -> CertificateFiles? { try CertificateFiles(certificate: certificate, key: certificateKey) }

    /// Host and port of `listen`.
    /// - Throws: a configuration error.
    func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]), (0...65_535).contains(port)
        else {
            throw DeskError(DeskError.Code("configuration"), message: "\"\(listen)\" is no HOST:PORT to listen at. Nothing was started.")
        }
        let host = listen[..<colon].filter { $0 != "[" && $0 != "]" }
        return (host.isEmpty ? "127.0.0.1" : String(host), port)
    }
}
