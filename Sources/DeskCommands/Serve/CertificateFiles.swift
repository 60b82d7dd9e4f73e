import DeskCore
import DeskServer
import Foundation
import NIOPosix

/// Where the server's certificate and its key lie.
struct CertificateFiles: Hashable, Sendable {
    let certificate: String
    let key: String

    /// From what was set; nil when neither was.
    /// - Throws: a configuration error for one without the other.
    init?(certificate: String?, key: String?) throws {
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): (self.certificate, self.key) = (certificate, key)
        case (_?, nil), (nil, _?):
            throw DeskError(
                DeskError.Code("configuration"),
                message: "A certificate needs its key, and a key its certificate: give both, --tls-certificate and --tls-key. "
                    + "Nothing was started.")
        }
    }

    /// - Throws: `certificate_unusable` for files that can't be read.
    func read() async throws -> CurrentCertificate.Pair {
        try await NIOThreadPool.singleton.runIfActive {
            CurrentCertificate.Pair(chain: try Self.bytes(of: certificate), key: try Self.bytes(of: key))
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DeskError(.certificateUnusable, message: "\(path) can't be read.")
        }
        return Array(data)
    }
}
